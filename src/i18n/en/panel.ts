/** The message with the controls in a room's channel. */
export const panel = {
  'panel.listening': '🎙️ **Parley is listening in {channel}.**',
  'panel.recovering': '🔄 **Parley is reconnecting in {channel}.** Until I am back, you get no answer.',
  'panel.muted': '🔇 **Parley is listening in {channel}**, but a moderator has muted me: nobody hears my answers.',
  'panel.deafened': '🙉 **Parley hears nobody in {channel}**: a moderator has deafened me.',
  'panel.inAudience':
    '🖐️ **Parley is listening in {channel}**, but nobody hears my answers until a moderator lets me speak.',
  'panel.over': '⏹️ **Parley is not listening any more.** This conversation is over. Call me back with `/join`.',
  'panel.moved': '⏹️ **Parley is not listening here any more.** I am in {channel} now.',
  'panel.consent':
    'Everybody who speaks here is heard. What you say is decrypted by me and sent to Google’s Gemini Live API, whose answers I speak. I store no audio.\nYou do not want to be heard? Use `/privacy opt-out`, mute your microphone or leave the channel. Anybody in the channel can send me away with `/leave`.',
  'panel.heard': '**Heard:** {people}',
  'panel.heardMore': '**Heard:** {people} and {count} more',
  'panel.heardNobody': 'Nobody is here whom I could hear.',
  'panel.unheard': '-# Not heard: {count} (other bots, and whoever chose `/privacy opt-out`)',
  'panel.voices': '-# My voice; all {count} are in `/voice`:',
  'panel.voice': 'Voice',
  'panel.stop': 'Stop',
  'panel.leave': 'Leave',
  'panel.old': 'These controls belong to a conversation that is over. I am in {channel} now, with new ones.',
} as const;
