/**
 * Who caused the answer that is being given: a function that is called in it acts with their rights and no others (DESIGN.md §6,
 * Tools).
 *
 * Where it cannot be told which of several requests is answered, all that asked are the actors: whoever executes wants the right
 * of every one of them, so that speaking over somebody never lends their rights.
 */

export interface TurnCauses {
  /** A new answer begins. @param asked of everything that was asked and has no answer, one entry each; empty where unknown */
  began(asked: readonly (readonly string[])[]): void;
  /** Results went out: the answer that is about them is their actors'. */
  responded(actorIds: readonly (readonly string[])[]): void;
  /** The answer was cut off; what the model does next of itself goes on from it. */
  interrupted(): void;
  /** The answer is over. @param goesOn the model does more without being asked again */
  over(goesOn: boolean): void;
  /** The connection is gone. */
  lost(): void;
  /** Of the answer that is being given; empty: nobody's. */
  readonly actorIds: readonly string[];
}

type Actors = readonly string[];

export function createTurnCauses(): TurnCauses {
  let current: Actors = [];
  /** What went out since the current answer began, or before it and nothing has come since. */
  let results: readonly Actors[] = [];
  /** Those that the current answer may be about. */
  let taken: readonly Actors[] = [];
  let goesOn = false;
  return {
    began(asked) {
      const causes = [...asked, ...results];
      // Only if nothing else can be meant: what was asked since is a cause.
      if (causes.length > 0 || !goesOn) current = jointly(causes);
      taken = results;
      goesOn = false;
    },
    responded(actorIds) {
      results = [...results, ...actorIds];
    },
    interrupted() {
      goesOn = true;
    },
    over(more) {
      goesOn = more;
      results = results.filter((each) => !taken.includes(each));
      taken = [];
    },
    lost() {
      current = [];
      results = [];
      taken = [];
      goesOn = false;
    },
    get actorIds() {
      return current;
    },
  };
}

/** Everybody of all; nobody as soon as nobody is known of one. */
function jointly(causes: readonly Actors[]): Actors {
  return causes.some((actors) => actors.length === 0) ? [] : [...new Set(causes.flat())];
}
