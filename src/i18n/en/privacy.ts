/** `/privacy`. */
export const privacy = {
  'command.privacy.name': 'privacy',
  'command.privacy.description': 'What Parley hears, sends and stores, and how not to be heard',
  'command.privacy.show.name': 'show',
  'command.privacy.show.description': 'What is heard, sent and stored, and whether you are heard just now',
  'command.privacy.opt-out.name': 'opt-out',
  'command.privacy.opt-out.description': 'Parley does not hear you any more, on any server',
  'command.privacy.opt-in.name': 'opt-in',
  'command.privacy.opt-in.description': 'Parley hears you again',
  'privacy.you.optedOut':
    '**You are not heard**, on any server: you have opted out. `/privacy opt-in` takes that back.',
  'privacy.you.heard': '**You are heard just now**, in {channel}, whenever you speak.',
  'privacy.you.muted':
    '**You are not heard just now**, because you are muted. In {channel} I hear you when you are not.',
  'privacy.you.soon': '**You are not heard just now.** I am on my way to {channel}, and there I shall hear you.',
  'privacy.you.elsewhere': '**You are not heard just now**: I am in no voice channel with you.',
  'privacy.heard':
    '**Heard:** everybody who speaks in the voice channel that I am in, but for bots and whoever has opted out. The end-to-end encryption of the call ends in me, since I have to hear you.',
  'privacy.sent':
    '**Sent:** your voice, what you write to me with its pictures and voice messages, and your name on this server, to Google’s Gemini Live API, which answers. If the connection drops, Google can go on with the conversation for up to two hours. Its terms: <https://ai.google.dev/gemini-api/terms>',
  'privacy.stored':
    '**Stored:** what was set for this server, how many minutes and tokens it used a day, where my control panels are, in which channels I talk and how to go on with the conversations there, reminders and who set them, and who has opted out. No audio, ever. The last sentences stay in memory until I leave the channel.',
  'privacy.transcriptOff': '**Transcript:** off. What is said is not written down.',
  'privacy.transcriptOn': '**Transcript:** on. What is said is also written down in {place}, and stored for 7 days.',
  'privacy.kept':
    '**How long:** use for {usageDays} days; a reminder until I have told it; everything about a server until {goneDays} days after I was removed from it; your opt-out until you take it back.',
  'privacy.change': '**Not to be heard:** `/privacy opt-out`, mute yourself, or leave the channel.',
  'privacy.optedOut':
    'Done. From now on I do not hear you, on any server: what you say is not even decoded. You still hear me. `/privacy opt-in` takes this back.',
  'privacy.optedOutAlready':
    'You had opted out already: I do not hear you, on any server. `/privacy opt-in` takes that back.',
  'privacy.optOutUnsaved':
    'That could not be saved, and nothing has changed: I still hear you. Mute yourself or leave the channel, and try again in a minute.',
  'privacy.optedIn':
    'Done. From now on I hear you when I am in a voice channel with you. `/privacy opt-out` takes this back.',
  'privacy.optedInAlready':
    'You have not opted out: I hear you when I am in a voice channel with you. `/privacy opt-out` changes that.',
} as const;
