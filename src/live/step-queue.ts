/**
 * Steps, one after the other: one that comes while another is taken (a listener may call back at once) waits for it.
 */
export interface StepQueue<Step> {
  /** Takes it, and all that come of it, before it returns; while another is taken it returns at once. */
  push(step: Step): void;
}

export function createStepQueue<Step>(take: (step: Step) => void, onDone: () => void): StepQueue<Step> {
  const steps: Step[] = [];
  let taking = false;
  return {
    push(step) {
      steps.push(step);
      if (taking) return;
      taking = true;
      try {
        for (let next = steps.shift(); next; next = steps.shift()) take(next);
      } finally {
        taking = false;
      }
      onDone();
    },
  };
}
