/**
 * What this bot is made of, as a bug report needs it. A package counts as the version that is pinned for it.
 */
import { version as discordJs } from 'discord.js';
import parley from '../../package.json' with { type: 'json' };

/** The only version of Discord's end-to-end encryption there is; the library that speaks it is loaded in the rooms' threads. */
export const DAVE_PROTOCOL_VERSION = 1;

/** Names and versions, in a form that is the same in every language. */
export const VERSIONS: readonly string[] = [
  `Parley ${parley.version}`,
  `Node ${process.versions.node}`,
  `discord.js ${discordJs}`,
  `@discordjs/voice ${parley.dependencies['@discordjs/voice']}`,
  `DAVE ${DAVE_PROTOCOL_VERSION}`,
];
