import { expect, test } from 'vitest';
import type { PanelBody } from '../../../src/discord/panel/panel-body.ts';
import { createRoomNotices } from '../../../src/discord/room-notices.ts';
import type { RoomPlace } from '../../../src/discord/room-place.ts';
import { textDisplays } from '../../../src/rehearsal/discord/message-words.ts';
import type { RoomStatus } from '../../../src/room/protocol.ts';
import { DEFAULT_SETTINGS, type RoomSettings } from '../../../src/types/settings.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';
import { createRecordingLog } from '../../kit/recording-log.ts';

interface Posts {
  /** What is there to be read, panels as they are now. */
  readonly posts: string[];
  readonly place: RoomPlace;
}

interface PlaceOptions {
  readonly guildLocale?: string;
  readonly floor?: boolean;
  readonly works?: boolean;
}

const wordsOf = (body: PanelBody): string => textDisplays([body]).join('\n');

function createPlace(
  channelId: string,
  { guildLocale = 'en-US', floor = true, works = true }: PlaceOptions = {},
): Posts {
  const posts: string[] = [];
  const place: RoomPlace = {
    guildId: 'g',
    channelId,
    channelKind: 'voice',
    originId: null,
    selfId: 'bot',
    selfName: 'Parley',
    guildLocale,
    adapterCreator: () => ({ destroy: () => undefined, sendPayload: () => true }),
    board: {
      post: async (text) => {
        if (works) posts.push(text);
        return works;
      },
      show: async ({ content }) => {
        if (works) posts.push(content ?? '');
        return works;
      },
      ask: async () => null,
      async postPanel(body) {
        if (!works) return null;
        const at = posts.push(wordsOf(body)) - 1;
        const edit = async (next: PanelBody) => {
          posts[at] = wordsOf(next);
          return 'edited' as const;
        };
        return { channelId, messageId: `${channelId}-panel`, edit };
      },
    },
    textChannels: [],
    roster: () => [],
    self: () => ({ muted: false, deafened: false, inAudience: false }),
    takeTheFloor: async () => floor,
    movedTo: () => place,
  };
  return { posts, place };
}

function setUp(options?: PlaceOptions, language = 'auto') {
  const clock = createFakeClock();
  const { posts, place } = createPlace('lounge', options);
  const world = {
    saved: { settings: { ...DEFAULT_SETTINGS, language } as RoomSettings, revision: 3 },
    room: { status: { status: 'ready', channelId: 'lounge', encrypted: true } as RoomStatus },
  };
  const panels = new Map<string, string>();
  const notices = createRoomNotices(place, {
    room: world.room,
    settings: world.saved,
    readSettings: async () => world.saved,
    store: {
      savePanel: async ({ messageId, language: code }) => void panels.set(messageId, code),
      removePanel: async (messageId) => void panels.delete(messageId),
    },
    clock,
    log: createRecordingLog(),
  });
  /** Lets a change of the panel be shown. */
  const shown = async (): Promise<void> => {
    await notices.posted();
    clock.advance(2_000);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { clock, posts, panels, world, notices, shown };
}

test('the panel says who hears, where it goes and how to get out of it', async () => {
  const { posts, notices } = setUp();
  expect(await notices.welcome()).toBe(true);
  expect(posts).toHaveLength(1);
  expect(posts[0]).toMatch(/listening in <#lounge>.*Everybody who speaks.*Google.*Gemini.*mute.*\/leave/s);
});

test('where it cannot be posted, whoever asked has to be told', async () => {
  const { notices } = setUp({ works: false });
  expect(await notices.welcome()).toBe(false);
});

test('on a stage where somebody has to let it speak, it says so after the notice', async () => {
  const { posts, notices } = setUp({ floor: false });
  await notices.welcome();
  expect(posts).toEqual([expect.stringContaining('listening'), expect.stringContaining('asked to speak')]);
});

test('notices are in the server’s language, or in the one that was set', async () => {
  const german = setUp({ guildLocale: 'de' });
  await german.notices.say((t) => t('notice.serverMuted'));
  expect(german.posts).toEqual([expect.stringContaining('stummgeschaltet')]);
  const albanian = setUp({ guildLocale: 'de' }, 'sq');
  await albanian.notices.say((t) => t('notice.serverMuted'));
  expect(albanian.posts).toEqual([expect.stringContaining('mikrofonin')]);
});

test('once another language is in force the panel is in it, and so is what is said from then on', async () => {
  const { posts, panels, world, notices, shown } = setUp();
  await notices.welcome();
  world.saved = { settings: { ...DEFAULT_SETTINGS, language: 'de-DE' }, revision: 4 };
  notices.settingsApplied(4);
  await notices.say((t) => t('notice.serverMuted'));
  await shown();
  expect(posts).toEqual([
    expect.stringContaining('hört in <#lounge> zu'),
    expect.stringContaining('Moderation hat mich auf diesem Server stummgeschaltet'),
  ]);
  expect([...panels]).toEqual([['lounge-panel', 'de']]);
});

test('a change that is saved and not in force yet shows nowhere', async () => {
  const { posts, world, notices, shown } = setUp();
  await notices.welcome();
  world.saved = { settings: { ...DEFAULT_SETTINGS, language: 'de-DE' }, revision: 5 };
  notices.settingsApplied(4);
  await shown();
  expect(posts).toEqual([expect.stringContaining('is listening')]);
  notices.settingsApplied(5);
  await shown();
  expect(posts).toEqual([expect.stringContaining('hört in')]);
});

test('a room that loses its connection says so in its panel, and that it is back', async () => {
  const { posts, world, notices, shown } = setUp();
  await notices.welcome();
  world.room.status = { status: 'recovering', what: 'live' };
  notices.changed();
  await shown();
  expect(posts).toEqual([expect.stringContaining('is reconnecting in <#lounge>')]);
  world.room.status = { status: 'ready', channelId: 'lounge', encrypted: true };
  notices.changed();
  await shown();
  expect(posts).toEqual([expect.stringContaining('is listening in <#lounge>')]);
});

test('the same problem is told at most once a minute, another one at once', async () => {
  const { clock, posts, notices } = setUp();
  const lost = { code: 'LIVE_LOST', details: {} } as const;
  notices.problem(lost);
  notices.problem(lost);
  notices.problem({ code: 'LIVE_QUOTA', details: {} });
  clock.advance(60_000);
  notices.problem(lost);
  await notices.posted();
  expect(posts.map((text) => (text.includes('quota') ? 'quota' : 'lost'))).toEqual(['lost', 'quota', 'lost']);
});

test('moved to another channel, it asks for consent there, posts there, and switches the old panel off', async () => {
  const { posts, panels, notices } = setUp();
  await notices.welcome();
  const other = createPlace('kitchen');
  notices.moved(() => other.place);
  await notices.posted();
  expect([...panels.keys()]).toEqual(['kitchen-panel']);
  expect([notices.isPanel('lounge-panel'), notices.isPanel('kitchen-panel')]).toEqual([false, true]);
  notices.ended({ kind: 'alone' });
  await notices.posted();
  expect(posts).toEqual([expect.stringMatching(/not listening here.*<#kitchen>/)]);
  expect(other.posts).toEqual([
    expect.stringContaining('not listening any more'),
    expect.stringContaining('left <#kitchen> because I was alone'),
  ]);
  expect(panels.size).toBe(0);
});

test.each([
  [{ kind: 'left' }, []],
  [{ kind: 'guildGone' }, []],
  [{ kind: 'alone' }, [expect.stringContaining('alone')]],
  [{ kind: 'shutdown' }, [expect.stringContaining('restarted')]],
  [{ kind: 'failed', problem: { code: 'VOICE_KICKED', details: {} } }, [expect.stringContaining('disconnected me')]],
  [
    { kind: 'limit', problem: { code: 'MINUTES_LIMIT', details: { reset: '<t:1:R>' } } },
    [expect.stringMatching(/talking time .* used up.* <t:1:R>/)],
  ],
] as const)('a room that ends with %o says why only where nobody knows yet', async (reason, expected) => {
  const { posts, notices } = setUp();
  await notices.welcome();
  notices.ended(reason);
  await notices.posted();
  expect(posts).toEqual([expect.stringContaining('not listening any more'), ...expected]);
});
