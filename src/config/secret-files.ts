/**
 * Secrets out of files: `DISCORD_TOKEN_FILE=/run/secrets/token` stands for `DISCORD_TOKEN`, as container platforms expect.
 */
import { SECRETS } from './environment.ts';
import { type ReadFile, readText } from './read-text.ts';

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * Puts the contents of every `*_FILE` of a secret in the secret's own place. A variable that is empty counts as not set:
 * `NAME=` is what a compose file passes on for one that is missing.
 */
export function withSecretFiles(env: Variables, readFile: ReadFile): { env: Variables; problems: readonly string[] } {
  const result: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(env)) if (value?.trim()) result[name] = value;
  const problems: string[] = [];
  for (const name of SECRETS) {
    const file = result[`${name}_FILE`];
    if (file === undefined) continue;
    if (result[name] !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set: keep one of them`);
      continue;
    }
    const read = readText(file, readFile);
    const content = 'text' in read ? read.text.trim() : '';
    if (content !== '') result[name] = content;
    else problems.push(`${name}_FILE ${'problem' in read ? read.problem : 'names an empty file'}`);
  }
  return { env: result, problems };
}
