import type { sources as en } from '../en/sources.ts';

export const sources: Readonly<Record<keyof typeof en, string>> = {
  'sources.heading': '🔎 **Mes sources**',
  'sources.suggestions': '-# Suggestions de Google pour chercher toi-même : {queries}',
  'code.ran': '🧮 **J’ai exécuté ce code :**',
  'code.printed': '**Il a affiché :**',
  'code.printedNothing': '**Il n’a rien affiché.**',
  'code.failed': '**Il a échoué avec cette erreur :**',
  'code.failedSilently': '**Il a échoué.**',
  'code.timedOut': '**Il a pris trop de temps et a été arrêté.**',
  'code.unknown': '**On ne m’a pas dit ce qu’il en est sorti.**',
  'code.cut':
    '-# C’est plus long qu’un message ; je n’ai pas le droit de joindre des fichiers ici, donc la suite manque.',
};
