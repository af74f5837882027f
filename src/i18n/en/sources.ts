/** What an answer rests on, posted in the room's channel: web sources and code that was run. */
export const sources = {
  'sources.heading': '🔎 **Sources**',
  'sources.suggestions': '-# Google’s suggestions for a search of your own: {queries}',
  'code.ran': '🧮 **I have run this code:**',
  'code.printed': '**It printed:**',
  'code.printedNothing': '**It printed nothing.**',
  'code.failed': '**It failed with this error:**',
  'code.failedSilently': '**It failed.**',
  'code.timedOut': '**It took too long and was stopped.**',
  'code.unknown': '**What came of it I was not told.**',
  'code.cut': '-# It is longer than one message; I may not attach files here, so the rest is missing.',
} as const;
