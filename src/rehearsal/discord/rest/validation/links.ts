/**
 * URLs in a body: absolute, and of a scheme that the field takes.
 */
import { faults } from './faults.ts';
import { type Fields, type Presence, text } from './fields.ts';

export interface LinkRule extends Presence {
  readonly schemes: readonly string[];
  readonly max: number;
}

/** Every URL of embeds and media may be this long. */
export const MAX_URL_CHARACTERS = 2048;

export const WEB = ['http', 'https'] as const;
/** A web address, or a file of this very message as `attachment://NAME`. */
export const WEB_OR_FILE = [...WEB, 'attachment'] as const;

export function link(fields: Fields, key: string, rule: LinkRule): string | null {
  const url = text(fields, key, rule);
  if (url === null) return null;
  const spot = fields.spot.at(key);
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase();
  if (scheme === undefined || !URL.canParse(url)) spot.report(faults.notUrl);
  else if (!rule.schemes.includes(scheme)) spot.report(faults.urlScheme(scheme, schemesNamed(rule.schemes)));
  else return url;
  return null;
}

/** Discord's answer does not name the scheme of attachments. */
function schemesNamed(schemes: readonly string[]): readonly string[] {
  return schemes.filter((scheme) => scheme !== 'attachment');
}
