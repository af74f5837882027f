import { expect, test } from 'vitest';
import { createRoomNotices } from '../../../src/discord/room-notices.ts';
import type { RoomPlace } from '../../../src/discord/room-place.ts';
import { createFakeClock } from '../../kit/fake-clock.ts';

interface Posts {
  readonly posts: string[];
  readonly place: RoomPlace;
}

function createPlace(channelId: string, { guildLocale = 'en-US', floor = true, works = true } = {}): Posts {
  const posts: string[] = [];
  const place: RoomPlace = {
    guildId: 'g',
    channelId,
    channelKind: 'voice',
    selfId: 'bot',
    selfName: 'Parley',
    guildLocale,
    adapterCreator: () => ({ destroy: () => undefined, sendPayload: () => true }),
    board: {
      post: async (text) => {
        if (works) posts.push(text);
        return works;
      },
    },
    roster: () => [],
    takeTheFloor: async () => floor,
    movedTo: () => place,
  };
  return { posts, place };
}

function setUp(options?: Parameters<typeof createPlace>[1], language = 'auto') {
  const clock = createFakeClock();
  const { posts, place } = createPlace('lounge', options);
  return { clock, posts, notices: createRoomNotices(place, language, clock) };
}

test('the consent notice says who hears, where it goes and how to get out of it', async () => {
  const { posts, notices } = setUp();
  expect(await notices.welcome()).toBe(true);
  expect(posts).toHaveLength(1);
  expect(posts[0]).toMatch(/listening in <#lounge>.*Everybody who speaks.*Google.*Gemini.*Mute.*\/leave/s);
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

test('moved to another channel, it asks for consent there and posts there', async () => {
  const { posts, notices } = setUp();
  const other = createPlace('kitchen');
  notices.moved(() => other.place);
  await notices.posted();
  notices.ended({ kind: 'alone' });
  await notices.posted();
  expect(posts).toEqual([]);
  expect(other.posts).toEqual([
    expect.stringContaining('listening in <#kitchen>'),
    expect.stringContaining('left <#kitchen> because I was alone'),
  ]);
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
  notices.ended(reason);
  await notices.posted();
  expect(posts).toEqual(expected);
});
