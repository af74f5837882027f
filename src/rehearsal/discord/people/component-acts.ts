/**
 * A member uses what messages bring along: buttons, select menus, and the modals that open from them.
 */
import type { InteractionWatch } from '../interactions/interaction.ts';
import type { MessageState } from '../world/guild-state.ts';
import { memberOf } from '../world/guild-state.ts';
import type { Habits } from './habits.ts';
import { filledIn, type Part, PartType, SELECTS, selectionProblem, usablePart } from './message-parts.ts';
import type { Person } from './person.ts';
import { createResolved } from './resolved.ts';

export function componentActs(habits: Habits): Pick<Person, 'click' | 'select' | 'submit'> {
  const { guild, member, deps } = habits;

  const press = (message: MessageState, part: Part, more: object): InteractionWatch => {
    const channel = habits.reach(message);
    const name = part.custom_id ?? '';
    const data = { component_type: part.type, custom_id: name, id: part.id ?? 1, ...more };
    return habits.start({ kind: 'component', name, channel, source: message, focusedType: 0 }, data);
  };

  /** What the chosen ids stand for, by kind of menu. */
  const resolvedFor = (type: number | undefined, ids: readonly string[]): object | undefined => {
    const resolved = createResolved(guild, member, memberOf(guild, deps.world.bot.id));
    for (const id of ids) {
      if (type === PartType.userSelect || type === PartType.mentionableSelect) resolved.user(id);
      if (type === PartType.roleSelect || type === PartType.mentionableSelect) resolved.role(id);
      if (type === PartType.channelSelect) resolved.channel(id);
    }
    return resolved.json();
  };

  return {
    click: (message, customId) => press(message, usablePart(message.components, customId, [PartType.button]), {}),
    select(message, customId, values) {
      const part = usablePart(message.components, customId, SELECTS);
      const problem = selectionProblem(part, values, guild);
      if (problem !== null) throw new Error(`${customId}: ${problem}`);
      return press(message, part, { values, resolved: resolvedFor(part.type, values) });
    },
    submit(shown, values) {
      if (shown.state.status !== 'modal') throw new Error('no modal was shown');
      if (shown.user.id !== member.user.id) throw new Error(`the modal was shown to ${shown.user.name}`);
      const { custom_id: name, components } = shown.state.modal as {
        custom_id: string;
        components: readonly unknown[];
      };
      const data = { custom_id: name, components: filledIn(components, values) };
      const { channel, source } = shown;
      return habits.start({ kind: 'modal', name, channel, source, focusedType: 0 }, data);
    },
  };
}
