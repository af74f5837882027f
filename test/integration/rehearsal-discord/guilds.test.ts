import { Events } from 'discord.js';
import { expect, test } from 'vitest';
import { ask, must, next, openStage } from './harness.ts';

test('an invitation to another server comes as a new one, a removal as its end', async () => {
  const { discord, client } = await openStage();
  const { control } = discord;
  const created = next(client, Events.GuildCreate);
  const guild = control.addGuild({ name: 'New', locale: 'de' });
  expect((await created)[0]).toMatchObject({ id: guild.id, name: 'New', preferredLocale: 'de' });
  const deleted = next(client, Events.GuildDelete);
  control.removeGuild(guild);
  expect((await deleted)[0].id).toBe(guild.id);
  expect(client.guilds.cache.map(({ name }) => name)).toEqual(['Rehearsal']);
  const back = next(client, Events.GuildCreate);
  control.addBot(guild, ['Administrator']);
  expect((await back)[0].members.me?.permissions.has('ManageGuild')).toBe(true);
});

test('of a server that the bot is not on it hears nothing, whatever happens there', async () => {
  const { discord, client } = await openStage();
  const { control } = discord;
  const guild = control.addGuild({ name: 'Elsewhere', withoutBot: true });
  const heard: string[] = [];
  client.on(Events.Raw, ({ t }: { t: string | null }) => heard.push(String(t)));
  const adam = control.person('Adam', guild);
  adam.write(control.channel('general', guild), 'hello');
  adam.joinVoice(control.channel('Lounge', guild));
  control.addChannel({ name: 'more' }, guild);
  const told = next(client, Events.ChannelCreate);
  control.addChannel({ name: 'mine' });
  await told;
  expect(heard).toEqual(['CHANNEL_CREATE']);
});

test('a server that was removed is silent too, and its people stay where they are', async () => {
  const { discord, client } = await openStage();
  const { control } = discord;
  const guild = control.guild();
  const adam = control.person('Adam');
  adam.joinVoice(control.channel('Lounge'));
  const deleted = next(client, Events.GuildDelete);
  control.removeGuild(guild);
  await deleted;
  const heard: string[] = [];
  client.on(Events.Raw, ({ t }: { t: string | null }) => heard.push(String(t)));
  adam.write(control.channel('general'), 'gone');
  const back = next(client, Events.GuildCreate);
  control.addBot(guild);
  const [again] = await back;
  expect(heard).toEqual(['GUILD_CREATE']);
  expect(again.voiceStates.cache.map(({ id }) => id)).toEqual([adam.id]);
});

test('a server in an outage is unavailable, then available again; in between there is silence', async () => {
  const { discord, client } = await openStage();
  const { control } = discord;
  const gone = next(client, Events.GuildUnavailable);
  control.setAvailable(control.guild(), false);
  expect((await gone)[0].available).toBe(false);
  const heard: string[] = [];
  client.on(Events.Raw, ({ t }: { t: string | null }) => heard.push(String(t)));
  control.person('Adam').write(control.channel('general'), 'hello?');
  const back = next(client, Events.GuildAvailable);
  control.setAvailable(control.guild(), true);
  await back;
  expect(heard).toEqual(['GUILD_CREATE']);
});

test('channels come, change and go', async () => {
  const { discord, client } = await openStage();
  const { control } = discord;
  const created = next(client, Events.ChannelCreate);
  const channel = control.addChannel({ name: 'Den', kind: 'voice', userLimit: 2 });
  expect((await created)[0]).toMatchObject({ id: channel.id, name: 'Den', userLimit: 2, rawPosition: 4 });
  const updated = next(client, Events.ChannelUpdate);
  control.setUserLimit(channel, 5);
  expect((await updated)[1]).toMatchObject({ userLimit: 5, rawPosition: 4 });
  const renamed = next(client, Events.ChannelUpdate);
  control.renameChannel(channel, 'Cave');
  expect((await renamed)[1]).toMatchObject({ name: 'Cave' });
  const deleted = next(client, Events.ChannelDelete);
  control.deleteChannel(channel);
  expect((await deleted)[0].id).toBe(channel.id);
  expect((await ask(discord, 'GET', `/channels/${channel.id}`)).body.code).toBe(10003);
});

test('permissions that change are seen: in a channel, and of the bot’s role', async () => {
  const { discord, client } = await openStage();
  const { control } = discord;
  const lounge = control.channel('Lounge');
  const channel = client.channels.cache.get(lounge.id);
  if (!channel?.isVoiceBased()) throw new Error('no voice channel');
  const may = (name: 'Connect' | 'ManageMessages') => channel.permissionsFor(client.user)?.has(name);
  const updated = next(client, Events.ChannelUpdate);
  control.overwrite(lounge, control.guild().id, { deny: ['Connect'] });
  await updated;
  expect(may('Connect')).toBe(false);
  const again = next(client, Events.ChannelUpdate);
  control.overwriteBot(lounge, { allow: ['Connect'] });
  await again;
  expect(may('Connect')).toBe(true);
  const role = next(client, Events.GuildRoleUpdate);
  control.setBotPermissions(['ManageMessages']);
  await role;
  expect(may('ManageMessages')).toBe(true);
});

test('the server’s language can change', async () => {
  const { discord, client } = await openStage();
  const updated = next(client, Events.GuildUpdate);
  discord.control.setLocale(discord.control.guild(), 'fr');
  expect((await updated)[1].preferredLocale).toBe('fr');
});

test('members are found one by one, by name, and by op 8', async () => {
  const { discord, client } = await openStage();
  const guild = must(client.guilds.cache.first());
  const { id } = discord.control.person('Adam');
  expect((await guild.members.fetch({ user: id, force: true })).displayName).toBe('Adam');
  expect((await guild.members.search({ query: 'be', limit: 5 })).map(({ displayName }) => displayName)).toEqual([
    'Beth',
  ]);
  const many = await guild.members.fetch({ user: [id, discord.control.person('Olive').id, '1'] });
  expect(many.map(({ displayName }) => displayName).toSorted()).toEqual(['Adam', 'Olive']);
  const named = await guild.members.fetch({ query: 'Ad', limit: 1 });
  expect(named.map(({ displayName }) => displayName)).toEqual(['Adam']);
  expect((await ask(discord, 'GET', `/guilds/${guild.id}/members/1`)).body.code).toBe(10007);
  expect((await ask(discord, 'GET', `/users/${id}`)).body).toMatchObject({ id, global_name: 'Adam' });
  expect(discord.violations).toEqual([]);
});

test('everybody at once takes the members intent: without it nothing comes', async () => {
  const { client } = await openStage();
  const guild = must(client.guilds.cache.first());
  await expect(guild.members.fetch({ time: 100 })).rejects.toThrow("Members didn't arrive in time.");
});
