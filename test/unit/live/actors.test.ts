import { expect, test } from 'vitest';
import { toolDeclaration } from '../../kit/tool-declaration.ts';
import { createLiveHarness, type LiveHarness } from './harness.ts';

const call = (id: string): object => ({ toolCall: { functionCalls: [{ id, name: 'roll', args: {} }] } });
const response = (id: string) => ({ id, name: 'roll', response: { output: 4 } });

function asks(live: LiveHarness, ...actorIds: string[]): void {
  live.session.startWindow({ speakers: actorIds, notes: [], actorIds });
  live.session.sendAudio(new Int16Array(3_200).fill(100));
  live.session.endWindow();
}

function started(blocking = true): LiveHarness {
  const live = createLiveHarness({ tools: [toolDeclaration('roll', { blocking })] });
  live.start();
  return live;
}

const actorsOf = (live: LiveHarness): readonly (readonly string[])[] => live.called.map(({ actorIds }) => actorIds);

test('a call acts for everybody who spoke in the window, also for whoever joined it', () => {
  const live = started();
  live.session.startWindow({ speakers: ['Ada'], notes: [], actorIds: ['ada'] });
  live.session.sendAudio(new Int16Array(320));
  live.session.addSpeaker('Ben', 'ben');
  live.session.endWindow();
  live.latest().says(call('a'));
  expect(actorsOf(live)).toEqual([['ada', 'ben']]);
});

test('a typed turn is its author’s; one without an author is nobody’s, and so is a window in which somebody is not known', () => {
  const live = started();
  live.session.sendText('roll', ['ada']);
  live.latest().says(call('a'));
  live.session.answerTools([response('a')]);
  live.answers();
  live.finishes();
  live.session.sendText('roll');
  live.latest().says(call('b'));
  live.session.answerTools([response('b')]);
  live.answers();
  live.finishes();
  live.session.startWindow({ speakers: ['Ada'], notes: [], actorIds: ['ada'] });
  live.session.sendAudio(new Int16Array(320));
  live.session.addSpeaker('somebody');
  live.session.endWindow();
  live.latest().says(call('c'));
  expect(actorsOf(live)).toEqual([['ada'], [], []]);
});

test('speaking over a request never lends the rights of whoever made it: what is answered then is for both', () => {
  const live = started();
  asks(live, 'moderator');
  asks(live, 'guest');
  live.latest().says(call('a'));
  expect(actorsOf(live)).toEqual([['moderator', 'guest']]);
});

test('the next turn is for its own speakers alone, however late the words of the last come', () => {
  const live = started();
  asks(live, 'guest');
  live.answers();
  live.finishes();
  asks(live, 'moderator');
  live.latest().says({ serverContent: { inputTranscription: { text: 'what the guest said' } } });
  live.latest().says(call('a'));
  expect(actorsOf(live)).toEqual([['moderator']]);
});

test('calls that follow a result are for whoever asked for that result, with whoever asked meanwhile', () => {
  const waited = started();
  asks(waited, 'guest');
  waited.latest().says(call('a'));
  waited.session.answerTools([response('a')]);
  waited.latest().says(call('b'));
  expect(actorsOf(waited)).toEqual([['guest'], ['guest']]);
  const background = started(false);
  asks(background, 'guest');
  background.latest().says(call('a'));
  background.finishes();
  background.session.answerTools([response('a')]);
  asks(background, 'moderator');
  background.latest().says(call('b'));
  expect(actorsOf(background)).toEqual([['guest'], ['moderator', 'guest']]);
});

test('after a drop the question is asked again, and its calls are for whoever asked it', () => {
  const live = started();
  asks(live, 'ada');
  live.latest().says(call('a'));
  live.latest().ends();
  live.latest().becomesReady();
  live.latest().says(call('b'));
  expect(actorsOf(live)).toEqual([['ada'], ['ada']]);
});

test('a call that the model makes again after it was cut off is for whoever asked', () => {
  const live = started();
  asks(live, 'ada');
  live.answers('let me see');
  live.latest().says(call('a'));
  live.latest().says({ serverContent: { interrupted: true } });
  live.latest().says({ serverContent: { turnComplete: true } });
  live.latest().says(call('b'));
  expect(actorsOf(live)).toEqual([['ada'], ['ada']]);
});

test('what the model does unasked is nobody’s', () => {
  const live = started();
  asks(live, 'ada');
  live.answers();
  live.finishes();
  live.latest().says(call('a'));
  expect(actorsOf(live)).toEqual([[]]);
});
