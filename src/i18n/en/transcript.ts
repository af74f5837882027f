export const transcript = {
  'command.transcript.name': 'transcript',
  'command.transcript.description': 'What is said in voice, written down; off by default',
  'command.transcript.on.name': 'on',
  'command.transcript.on.description':
    'From now on what is said is written down here, for everybody who can read this channel',
  'command.transcript.off.name': 'off',
  'command.transcript.off.description': 'Nothing more is written down',
  'command.transcript.show.name': 'show',
  'command.transcript.show.description': 'The latest conversation of the last 7 days, as a file',
  'command.transcript.show.summary.name': 'summary',
  'command.transcript.show.summary.description': 'With a short summary by Gemini, which takes a moment',
  'transcript.on.now':
    'The transcript is on. What is said in {channel} is now written down in {place}, where everybody who can see it reads along. `/transcript off` ends it.',
  'transcript.on.later':
    'The transcript is on. From my next conversation on, what is said is written down in {place}, where everybody who can see it reads along. `/transcript off` ends it.',
  'transcript.on.already': 'The transcript is on already, in {place}. `/transcript off` ends it.',
  'transcript.on.stuck':
    'The transcript is on, but I cannot write it down in {place}. {why} Until then it is stored for `/transcript show` only.',
  'transcript.on.botLacks':
    'I cannot write the transcript down in {channel}: I lack {permissions}. Give me that and try again.',
  'transcript.on.wrongPlace':
    'I cannot write a transcript down here. Use the command in a text channel, a thread, or the chat of a voice channel.',
  'transcript.off.done':
    'The transcript is off. What I have stored of it is deleted 7 days after it was said; until then `/transcript show` has it. What stands in a thread stays there until somebody deletes it.',
  'transcript.off.already': 'The transcript is off already.',
  'transcript.show.file':
    'What was said in {channel} from {from} to {to}, as Gemini understood it: approximate, not word for word.',
  'transcript.show.none':
    'There is no transcript that you may see. Either nothing was written down in the last 7 days, or it was in a channel that you cannot join. Somebody with the permission {permissions} can switch it on: `/transcript on`.',
  'transcript.show.summaryComing': '{file}\n\nA summary is on its way …',
  'transcript.show.summary': '{file}\n\n**A summary, by Gemini and not checked by anybody:**\n>>> {summary}',
  'transcript.show.summaryOfEnd':
    '{file}\n\n**A summary of the end of it, which is long; by Gemini and not checked by anybody:**\n>>> {summary}',
  'transcript.show.summaryFailed': '{file}\n\nThere is no summary: {why}',
  'transcript.show.summaryBusy':
    '{file}\n\nThere is no summary: somebody else is having one made just now. Try again in a minute.',
  'transcript.file.head': '{channel}, {from} to {to} (UTC)',
  'transcript.file.approximate': 'As Gemini understood it: approximate, not word for word.',
  'transcript.file.leftOut':
    'The beginning is left out, since this file would be too large. Turns that are missing: {count}',
  'transcript.intro':
    '📝 **Transcript of {channel}**\n{member} has switched it on. What is said there is written down here as Gemini understands it: approximate, not word for word. Whoever does not want to be heard uses `/privacy opt-out` and does not appear.\nI keep a copy for 7 days (`/transcript show`); what stands here stays until somebody deletes it. With the permission {permissions}, `/transcript off` ends it.',
  'transcript.notice':
    '📝 **What is said here is written down** in {place}, where everybody who can see it reads along, and kept by me for 7 days. {member} has switched that on. Whoever does not want to be heard uses `/privacy opt-out`; `/transcript off` ends it.',
  'transcript.noticeOff': '📝 {member} has switched the transcript off: nothing more is written down.',
  'transcript.stuck': '📝 I cannot write the transcript down any more. {why}',
  'transcript.why.gone':
    'The thread or channel was deleted: `/transcript on` begins a new one, `/transcript off` ends it.',
  'transcript.why.forbidden':
    'I lack a permission there: I have to see the channel, open public threads and write in them.',
  'transcript.why.locked': 'The thread is locked: somebody has to unlock it, or begin a new one with `/transcript on`.',
  'transcript.why.threadLimit': 'This server has as many open threads as it may have: somebody has to archive some.',
  'transcript.why.refused': 'Discord refuses it. Try `/transcript on` in another channel.',
  'transcript.interrupted': 'interrupted',
  'transcript.somebody': 'Somebody',
} as const;
