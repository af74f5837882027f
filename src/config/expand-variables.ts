/**
 * `${NAME}` in the texts of a file, as other hosts of MCP servers write it: also `${env:NAME}`, and `${NAME:-what else}`.
 */
import type { Variables } from './secret-files.ts';

/** A text, a list of texts or named texts: what a server's settings are made of. */
type Texts = string | readonly string[] | Readonly<Record<string, string>>;

const REFERENCE = /\$\{(?:env:)?([A-Za-z_]\w*)(?::-([^}]*))?\}/g;
/** The bot's own: no server is ever handed one, not even by mistake. */
const OWN_SECRETS = /^(DISCORD_TOKEN|GEMINI_)/;

/** @returns the same with what the names stand for, and which names that were; or what is wrong, ends of sentences */
export function expandVariables<Fields extends Readonly<Record<string, Texts>>>(
  fields: Fields,
  env: Variables,
): { value: Fields; used: Readonly<Record<string, string>> } | { problems: readonly string[] } {
  const used: Record<string, string> = {};
  const problems = new Set<string>();
  const expand = (text: string): string =>
    text.replace(REFERENCE, (_all, name: string, otherwise: string | undefined) => {
      const value = env[name] ?? otherwise;
      if (OWN_SECRETS.test(name)) problems.add(`asks for \${${name}}, which is Parley's own and handed to no server`);
      else if (value === undefined) problems.add(`asks for \${${name}}, which is not set`);
      else used[name] = value;
      return value ?? '';
    });
  const all = (texts: Texts): Texts => {
    if (typeof texts === 'string') return expand(texts);
    if (isList(texts)) return texts.map(expand);
    return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, expand(text)]));
  };
  const entries = Object.entries(fields).map(([name, texts]) => [name, all(texts)]);
  if (problems.size > 0) return { problems: [...problems] };
  // Every field has kept its form, which the type system cannot follow through the entries.
  return { value: Object.fromEntries(entries) as Fields, used };
}

function isList(texts: Texts): texts is readonly string[] {
  return Array.isArray(texts);
}
