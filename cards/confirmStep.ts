import template from './confirmStep.json';
import { type Card, presenter, type StepData } from './shared/card';

export interface ConfirmStepData extends StepData {
  title: string;
  /** What the change does, and what stays. */
  intro: string;
  /** The button that changes nothing, and the value that it sends. */
  keep: { title: string; choice: string };
  /** The button that says what it does, and its value. */
  change: { title: string; choice: string; style: 'destructive' | 'positive' };
}

const render = presenter(template);

/** Asks before a change that is hard to undo: one click answers; the buttons send `choice`. */
export const confirmStepCard = ({ title, at, keep, change, problem = '', ...data }: ConfirmStepData): Card =>
  render({
    ...data,
    heading: title,
    speak: problem || title,
    problem,
    back: { ...at, do: 'back' },
    keep: { title: keep.title, data: { ...at, do: 'submit', choice: keep.choice } },
    change: { ...change, data: { ...at, do: 'submit', choice: change.choice } },
  });
