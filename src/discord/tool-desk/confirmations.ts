/**
 * Asks the members of a room whether a tool may do what it is about to do: a message with two buttons, which says in the end what
 * came of it. Whoever presses must have the right to have it done; a right that nobody present has is nobody's to give.
 */
import { ParleyError } from '../../errors.ts';
import { publicLocale } from '../../i18n/locales.ts';
import type { MessageKey } from '../../i18n/messages.ts';
import { type Translate, translator } from '../../i18n/translate.ts';
import type { ConfirmationRequest, Confirmations } from '../../tools/tool-executor.ts';
import type { Clock } from '../../types/clock.ts';
import type { Log } from '../../types/log.ts';
import type { ComponentContext, ComponentHandler } from '../define-component.ts';
import type { GuildSettings } from '../guild-settings.ts';
import type { PostedQuestion } from '../notice-board.ts';
import { permissionWords } from '../permissions.ts';
import type { PostPlaces } from '../room-place.ts';
import { CONFIRMATION_NAMESPACE, type ConfirmationIds } from './confirmation-ids.ts';
import { confirmationPost, mentions } from './confirmation-post.ts';
import type { MemberRights } from './tool-rights.ts';

export interface ConfirmationDesk extends Confirmations {
  /** The two buttons. */
  readonly buttons: ComponentHandler;
  /** Resolves when every question says what came of it. */
  close(): Promise<void>;
}

export interface ConfirmationDeskOptions {
  readonly ids: ConfirmationIds;
  readonly rights: Pick<MemberRights, 'of'>;
  readonly keeper: PostPlaces;
  readonly settings: Pick<GuildSettings, 'read'>;
  readonly clock: Clock;
  readonly log: Log;
}

type Answer = Awaited<ReturnType<Confirmations['ask']>>;

/** How a question ended. */
interface Ending {
  readonly answer: Answer;
  /** For the channel. */
  readonly words: (t: Translate) => string;
}

interface Question {
  readonly request: ConfirmationRequest;
  /** The first counts. */
  settle(ending: Ending): void;
}

const because = (
  answer: Answer,
  key: Extract<MessageKey, 'tools.confirm.expired' | 'tools.confirm.dropped'>,
): Ending => ({
  answer,
  words: (t) => t(key),
});

export function createConfirmationDesk(options: ConfirmationDeskOptions): ConfirmationDesk {
  const { ids, rights, keeper, settings, clock, log } = options;
  const open = new Map<string, Question>();
  /** Until each question says what came of it. */
  const closing = new Set<Promise<void>>();

  const wordsFor = async (guildId: string, guildLocale: string): Promise<Translate> => {
    const { language } = (await settings.read(guildId)).settings;
    return translator(publicLocale(language, guildLocale));
  };

  /** Resolves with the ending when there is one, whoever or whatever brings it about. */
  const untilAnswered = async (id: string, request: ConfirmationRequest): Promise<Ending> => {
    const { promise, resolve } = Promise.withResolvers<Ending>();
    const timer = clock.after(request.waitMs, () => resolve(because('expired', 'tools.confirm.expired')));
    const drop = (): void => resolve(because('expired', 'tools.confirm.dropped'));
    request.signal.addEventListener('abort', drop, { once: true });
    if (request.signal.aborted) drop();
    open.set(id, { request, settle: resolve });
    const ending = await promise;
    open.delete(id);
    timer.cancel();
    request.signal.removeEventListener('abort', drop);
    return ending;
  };

  const conclude = async (
    posted: Promise<PostedQuestion | null>,
    answered: Promise<Ending>,
    content: (ending: Ending) => string,
  ): Promise<void> => {
    const question = await posted;
    const ending = await answered;
    try {
      await question?.close(content(ending));
    } catch (error) {
      log.info({ err: error }, 'a question could not be told what came of it');
    }
  };

  const mayAnswer = (
    t: Translate,
    { request }: Question,
    { member }: ComponentContext['interaction'],
  ): string | null => {
    const { place, tool, actorIds } = request;
    const { audience } = tool;
    if (audience === 'everybody')
      return actorIds.includes(member.id) ? null : t('tools.confirm.notYours', { people: mentions(actorIds) });
    if (rights.of(place, member, audience)) return null;
    throw new ParleyError('MEMBER_LACKS_PERMISSION', { details: { permissions: permissionWords(t, [audience]) } });
  };

  /** For a question that is over: nobody else is to press it, whatever it said when its process ended. */
  const turnAway = async ({ interaction, reply, t }: ComponentContext, isOurs: boolean): Promise<void> => {
    await reply(t('tools.confirm.over'));
    const { message, guild } = interaction;
    if (isOurs || message === null) return;
    const words = await wordsFor(guild.id, guild.preferredLocale);
    const content = `${message.content}\n${words('tools.confirm.expired')}`;
    await message.edit({ content, components: [], allowedMentions: { parse: [] } });
  };

  const buttons: ComponentHandler = {
    namespace: CONFIRMATION_NAMESPACE,
    async run(context) {
      const { interaction, args, reply, t } = context;
      const [id = '', answer] = args;
      const question = open.get(id);
      if (question?.request.place.guildId !== interaction.guildId) return turnAway(context, ids.isOurs(id));
      const refusal = mayAnswer(t, question, interaction);
      if (refusal !== null) return reply(refusal);
      const member = `<@${interaction.user.id}>`;
      const isAllowed = answer === 'allow';
      question.settle({
        answer: isAllowed ? 'allowed' : 'denied',
        words: (words) => words(isAllowed ? 'tools.confirm.allowed' : 'tools.confirm.denied', { member }),
      });
      await reply(t(isAllowed ? 'tools.confirm.youAllowed' : 'tools.confirm.youDenied'));
    },
  };

  return {
    buttons,
    async ask(request) {
      const { guildId, roomId } = request.place;
      const place = keeper.placeOf(roomId);
      if (place === null) return 'unposted';
      const t = await wordsFor(guildId, place.guildLocale);
      if (request.signal.aborted) return 'expired';
      const id = ids.next();
      const post = confirmationPost(t, id, request);
      // It can be pressed before Discord has said that it is posted.
      const answered = untilAnswered(id, request);
      const posted = place.board.ask(post);
      void posted.then((question) => {
        if (question === null) open.get(id)?.settle({ answer: 'unposted', words: () => '' });
      });
      const done = conclude(posted, answered, ({ words }) => `${post.content}\n${words(t)}`);
      closing.add(done);
      void done.finally(() => closing.delete(done));
      return (await answered).answer;
    },
    async close() {
      for (const { settle } of open.values()) settle(because('expired', 'tools.confirm.dropped'));
      await Promise.all(closing);
    },
  };
}
