import { DAVESession } from '@discordjs/voice';
import { expect, test } from 'vitest';
import { recoverFromTransitionZero } from '../../../../src/voice/workarounds/transition-zero.ts';

const FAILURE = new Error('DecryptionFailed(UnencryptedWhenPassthroughDisabled)');

/** A session in a group from which nothing can be decrypted. */
function createBroken(lastTransitionId: number | undefined) {
  const dave = new DAVESession(1, '1', '2', {});
  const invalidated: number[] = [];
  dave.on('invalidateTransition', (id) => invalidated.push(id));
  dave.reinit();
  if (!dave.session) throw new Error('the library made no session');
  dave.lastTransitionId = lastTransitionId;
  const group = Object.create(dave.session, {
    ready: { value: true },
    reinit: { value: () => undefined },
    getSerializedKeyPackage: { value: () => Buffer.alloc(1) },
    decrypt: {
      value: () => {
        throw FAILURE;
      },
    },
  });
  dave.session = group;
  return { dave, invalidated };
}

/** Packets that cannot be decrypted, more than are tolerated; what receiving the last of them threw. */
function receive(dave: DAVESession): unknown {
  let thrown: unknown = null;
  for (let i = 0; i < 40 && thrown === null; i++) {
    try {
      dave.decrypt(Buffer.alloc(20), '9');
    } catch (error) {
      thrown = error;
    }
  }
  return thrown;
}

test.each([0, undefined])('upstream still gives up on a group of transition %s instead of re-initialising', (id) => {
  const { dave, invalidated } = createBroken(id);
  expect(receive(dave)).toBe(FAILURE);
  expect(invalidated).toEqual([]);
});

test('the workaround re-initialises such a group, once', () => {
  const { dave, invalidated } = createBroken(0);
  const thrown = receive(dave);
  expect(recoverFromTransitionZero(dave, thrown)).toBe(true);
  expect(recoverFromTransitionZero(dave, thrown)).toBe(false);
  expect(invalidated).toEqual([0]);
});

test('any other transition is the library’s own to repair, and any other error none of this', () => {
  const own = createBroken(3);
  expect(receive(own.dave)).toBeNull();
  expect(own.invalidated).toEqual([3]);

  const { dave, invalidated } = createBroken(0);
  expect(recoverFromTransitionZero(dave, new Error('Unsupported state or unable to authenticate data'))).toBe(false);
  expect(recoverFromTransitionZero(undefined, FAILURE)).toBe(false);
  expect(invalidated).toEqual([]);
});
