/**
 * The detector without a model: works everywhere, and mistakes loud noise for speech.
 */
import { createEnergyLikelihood } from './energy-likelihood.ts';
import type { SpeechDetector } from './speech-detector.ts';
import { createWindowCutter, WINDOW_MS } from './window-cutter.ts';

export function createEnergyDetector(): SpeechDetector {
  return {
    kind: 'energy',
    open(onWindow) {
      const likelihood = createEnergyLikelihood();
      let open = true;
      const cutter = createWindowCutter(({ pcm, startsAt }) => {
        if (open) onWindow({ startsAt, endsAt: startsAt + WINDOW_MS, probability: likelihood(pcm) });
      });
      return {
        push: (pcm, startsAt) => cutter.push(pcm, startsAt),
        reset: () => cutter.reset(),
        close: () => {
          open = false;
        },
      };
    },
    run: () => Promise.resolve(),
    close: () => undefined,
  };
}
