/**
 * Who sits where in the group's ratchet tree. Only user ids: the voice server holds no keys.
 *
 * An Add takes the leftmost blank leaf, else the end (RFC 9420 §7.7); a Remove names a leaf by its number and leaves it
 * blank. Whether the tree is cut short after a Remove makes no difference to the next Add.
 */

export type Leaves = readonly (string | null)[];

export function leafIndexOf(leaves: Leaves, userId: string): number {
  return leaves.indexOf(userId);
}

export function usersOf(leaves: Leaves): readonly string[] {
  return leaves.filter((userId) => userId !== null);
}

export function withoutUser(leaves: Leaves, userId: string): Leaves {
  return leaves.map((present) => (present === userId ? null : present));
}

export function withUser(leaves: Leaves, userId: string): Leaves {
  const blank = leaves.indexOf(null);
  return blank < 0 ? [...leaves, userId] : leaves.with(blank, userId);
}
