/**
 * Discord's answer to a body that does not fit (code 50035): a tree with the shape of the body, whose leaves say what is wrong there.
 */

export interface FormError {
  readonly code: 50035;
  readonly message: 'Invalid Form Body';
  readonly errors: object;
}

export interface Problem {
  /** Keys and indexes from the body down to the faulty value; empty for the body itself. */
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

type Tree = { [key: string]: Tree | { code: string; message: string }[] };

/** Null when there is nothing to complain about. */
export function formErrors(problems: readonly Problem[]): FormError | null {
  if (problems.length === 0) return null;
  const errors = branch();
  for (const { path, code, message } of problems) {
    let at = errors;
    for (const key of path) at = child(at, String(key));
    at['_errors'] = [...leaves(at), { code, message }];
  }
  return { code: 50035, message: 'Invalid Form Body', errors };
}

/** Without a prototype: keys come from the body, and `__proto__` is a key like any other there. */
function branch(): Tree {
  return Object.create(null) as Tree;
}

function child(tree: Tree, key: string): Tree {
  const known = tree[key];
  if (known !== undefined && !Array.isArray(known)) return known;
  const made = branch();
  tree[key] = made;
  return made;
}

function leaves(tree: Tree): { code: string; message: string }[] {
  const known = tree['_errors'];
  return Array.isArray(known) ? known : [];
}
