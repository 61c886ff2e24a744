import { lexiconOf } from '../lexicon';
import { english } from './english';
import { german } from './german';

/** Every language that can be typed. */
export const languages = { english, german };

export const lexicon = lexiconOf(Object.values(languages));
