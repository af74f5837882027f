/** Reads the UTF-8 text of a file; throws as `node:fs` does. */
export type ReadFile = (path: string) => string;

const WHY = new Map([
  ['ENOENT', 'does not exist'],
  ['EACCES', 'may not be read by this user'],
  ['EISDIR', 'is a directory'],
]);

/** The text of a file, or what is wrong, as the end of a sentence that begins with the variable's name. */
export function readText(path: string, readFile: ReadFile): { text: string } | { problem: string } {
  try {
    return { text: readFile(path) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return { problem: `names a file that ${WHY.get(code) ?? 'cannot be read'}: ${path}` };
  }
}
