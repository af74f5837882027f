import { expect, test } from 'vitest';
import { decideJoin, type JoinFacts, type TargetFacts } from '../../../src/discord/join-decision.ts';

const LOUNGE: TargetFacts = { channelId: 'lounge', kind: 'voice', full: false, botLacks: [], memberLacks: [] };

function decide(target: Partial<TargetFacts> | null, rest: Partial<JoinFacts> = {}) {
  return decideJoin({ target: target && { ...LOUNGE, ...target }, room: null, mayMove: false, ...rest });
}

const elsewhere = (others: number) => ({ channelId: 'stage-door', joining: false, others });

test('a voice or stage channel where nothing is in the way is joined', () => {
  expect(decide({})).toEqual({ kind: 'open', leaveFirst: false });
  expect(decide({ kind: 'stage' })).toEqual({ kind: 'open', leaveFirst: false });
});

test('nowhere to go, or a channel nobody can talk in', () => {
  expect(decide(null)).toMatchObject({ kind: 'refused', problem: { code: 'MEMBER_IN_NO_CHANNEL' } });
  expect(decide({ kind: 'other' })).toMatchObject({ problem: { code: 'VOICE_CHANNEL_UNSUPPORTED' } });
});

test('where it is already, it stays, also if it could not come again', () => {
  const here = { channelId: 'lounge', joining: false, others: 3 };
  expect(decide({ full: true, botLacks: ['Speak'] }, { room: here })).toEqual({ kind: 'alreadyHere' });
  expect(decide({}, { room: { ...here, joining: true } })).toEqual({ kind: 'alreadyJoining' });
});

test('it is called away from nobody, and from others only by who may move members', () => {
  expect(decide({}, { room: elsewhere(0) })).toEqual({ kind: 'open', leaveFirst: true });
  expect(decide({}, { room: elsewhere(2), mayMove: true })).toEqual({ kind: 'open', leaveFirst: true });
  expect(decide({}, { room: elsewhere(1) })).toEqual({
    kind: 'refused',
    problem: { code: 'MEMBER_MAY_NOT_MOVE', details: { channel: '<#stage-door>' } },
  });
});

test('a member cannot send it where the member may not go', () => {
  expect(decide({ memberLacks: ['Connect'], botLacks: ['Speak'] })).toEqual({
    kind: 'memberLacks',
    permissions: ['Connect'],
  });
});

test('what the bot lacks is named before the channel is found full', () => {
  expect(decide({ botLacks: ['ViewChannel', 'Connect'], full: true })).toEqual({
    kind: 'botLacks',
    permissions: ['ViewChannel', 'Connect'],
  });
  expect(decide({ full: true })).toMatchObject({ problem: { code: 'VOICE_CHANNEL_FULL' } });
});
