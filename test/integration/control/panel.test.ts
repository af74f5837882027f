import { expect, test } from 'vitest';
import { answered, type Loopback, posted, startBot, startDiscord, words } from './harness.ts';
import { isOff, joined, latestPanel, NEXT_EDIT_MS, panelsIn, partOf, voices } from './panel-harness.ts';

/** Counts how often messages are edited from now on. */
function countEdits(discord: Loopback): { readonly edits: number } {
  const counted = { edits: 0 };
  discord.on((event) => {
    if (event.type === 'messageEdited') counted.edits++;
  });
  return counted;
}

test('/join posts one panel: who is heard, where it goes, the voices, and two buttons; and it pings nobody', async () => {
  const { discord, lounge, adam, rooms } = await joined();
  expect(panelsIn(lounge)).toHaveLength(1);
  const panel = latestPanel(lounge);
  expect(posted(lounge)[0]).toMatch(
    new RegExp(`listening in <#${lounge.id}>.*Heard:\\*\\* <@${adam.id}>.*Google.*no audio.*opt-out`, 's'),
  );
  expect(panel.mentions).toEqual([]);
  expect(voices(panel)).toHaveLength(25);
  expect(voices(panel)[0]).toMatchObject({ value: rooms.latest().request.settings.voice, default: true });
  expect([partOf(panel, 'stop')?.disabled, partOf(panel, 'leave')?.disabled]).toEqual([false, false]);
  expect(discord.violations).toEqual([]);
});

test('people who come and go show in it; twenty changes in a moment cost two edits', async () => {
  const { discord, control, clock, lounge, read } = await joined();
  const counted = countEdits(discord);
  const [beth, carl] = [control.person('Beth'), control.person('Carl')];
  for (let i = 0; i < 10; i++) {
    beth.joinVoice(lounge);
    beth.leaveVoice();
  }
  beth.joinVoice(lounge);
  carl.joinVoice(lounge);
  control.person('Jukebox').joinVoice(lounge);
  await expect.poll(() => counted.edits).toBe(1);
  clock.skip(NEXT_EDIT_MS);
  await expect.poll(read).toContain('Not heard: 1');
  expect(read()).toContain(`<@${beth.id}>`);
  expect(read()).toContain(`<@${carl.id}>`);
  clock.skip(NEXT_EDIT_MS);
  carl.leaveVoice();
  await expect.poll(read).not.toContain(`<@${carl.id}>`);
  expect(counted.edits).toBeLessThanOrEqual(3);
  expect(discord.violations).toEqual([]);
});

test('what changes nothing in it is no edit', async () => {
  const { discord, control, clock, rooms, adam, lounge, read } = await joined();
  const counted = countEdits(discord);
  const before = rooms.latest().rosters.length;
  adam.setVoice({ selfMute: true });
  control.person('Beth').joinVoice(control.channel('Studio'));
  await expect.poll(() => rooms.latest().rosters.length).toBe(before + 2);
  clock.skip(NEXT_EDIT_MS);
  const carl = control.person('Carl');
  carl.joinVoice(lounge);
  await expect.poll(read).toContain(`<@${carl.id}>`);
  expect(counted.edits).toBe(1);
});

test('somebody who opts out is counted among those who are not heard, at once', async () => {
  const { adam, read } = await joined();
  await adam.command('privacy', { subcommand: 'opt-out' }).until(answered);
  await expect.poll(read).toContain('Not heard: 1');
  expect(read()).not.toContain(`Heard:** <@${adam.id}>`);
});

test('another voice is first in the menu once it is in force, and another language rewrites the panel', async () => {
  const { clock, lounge, adam, read } = await joined();
  await adam.command('voice', { options: { name: 'Puck' } }).until(answered);
  await expect.poll(() => voices(latestPanel(lounge))[0]).toMatchObject({ value: 'Puck', default: true });
  expect(voices(latestPanel(lounge)).filter((it) => it.default)).toHaveLength(1);
  await adam.command('language', { options: { code: 'de' } }).until(answered);
  clock.skip(NEXT_EDIT_MS);
  await expect.poll(read).toContain('Parley hört in');
  expect(voices(latestPanel(lounge))[0]?.description).not.toBe('Upbeat');
  expect(panelsIn(lounge)).toHaveLength(1);
});

test('a server that changes its language reads the panel in it', async () => {
  const { control, read } = await joined({}, 'fr');
  expect(read()).toContain('Parley écoute dans');
  control.setLocale(control.guild(), 'es-ES');
  await expect.poll(read).toContain('Parley está escuchando');
});

test('lost connections and what moderators do show in the first line', async () => {
  const { control, clock, rooms, read } = await joined();
  rooms.latest().loseTouch('live');
  await expect.poll(read).toContain('is reconnecting in');
  rooms.latest().becomeReady();
  clock.skip(NEXT_EDIT_MS);
  await expect.poll(read).toContain('is listening in');
  control.changeVoice(control.botId, { serverMute: true });
  clock.skip(NEXT_EDIT_MS);
  await expect.poll(read).toContain('a moderator has muted me');
  control.changeVoice(control.botId, { serverDeaf: true });
  clock.skip(NEXT_EDIT_MS);
  await expect.poll(read).toContain('hears nobody in');
  control.changeVoice(control.botId, { serverMute: false, serverDeaf: false });
  clock.skip(NEXT_EDIT_MS);
  await expect.poll(read).toContain('is listening in');
});

test('moved to another channel, its panel there is switched off and another one stands here', async () => {
  const { control, lounge, discord, adam } = await joined();
  const studio = control.channel('Studio');
  control.person('Beth').joinVoice(studio);
  control.move(control.botId, studio);
  await expect.poll(() => panelsIn(studio).length).toBe(1);
  await expect.poll(() => isOff(latestPanel(lounge))).toBe(true);
  expect(posted(lounge)[0]).toContain(`I am in <#${studio.id}> now`);
  expect(posted(studio)[0]).toContain(`<@${control.person('Beth').id}>`);
  expect(posted(studio)[0]).not.toContain(`<@${adam.id}>`);
  expect(isOff(latestPanel(studio))).toBe(false);
  expect(discord.violations).toEqual([]);
});

test('a panel that a moderator deletes comes back with the next change, in its own time', async () => {
  const { control, clock, lounge, read, discord } = await joined();
  const gone = latestPanel(lounge);
  control.person('Olive').deleteMessage(gone);
  control.person('Beth').joinVoice(lounge);
  const skipAndCount = (): number => {
    clock.skip(5_000);
    return panelsIn(lounge).length;
  };
  await expect.poll(skipAndCount, { timeout: 5_000 }).toBe(1);
  expect(latestPanel(lounge).id).not.toBe(gone.id);
  expect(read()).toContain(`<@${control.person('Beth').id}>`);
  expect(discord.violations).toEqual([]);
});

test('where nothing can be posted, the member who called reads the notice and hands it on', async () => {
  const discord = await startDiscord();
  await startBot(discord);
  const { control } = discord;
  for (const channel of control.guild().channels) control.overwriteBot(channel, { deny: ['SendMessages'] });
  const adam = control.person('Adam');
  adam.joinVoice(control.channel('Lounge'));
  const reply = await adam.command('join').until(answered);
  expect(words(reply)).toMatch(/could not post.*is listening in.*Google.*opt-out/s);
});
