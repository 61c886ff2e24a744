import type { StepData } from '../shared/card';
import type { Button } from './more';

/** A button that answers the step of a dialog. */
export const stepButton = (
  { at }: Pick<StepData, 'at'>,
  title: string,
  answer: { do: string; [field: string]: string },
  more: Pick<Button, 'style' | 'sendsInputs' | 'tooltip'> = {},
): Button => ({ title, verb: 'dialog', data: { ...at, ...answer }, ...more });

/** The buttons that lead out of a step. */
export const wayOut = (data: Pick<StepData, 'at' | 'canGoBack'>): Button[] => [
  ...(data.canGoBack ? [stepButton(data, 'Back', { do: 'back' })] : []),
  stepButton(data, 'Cancel', { do: 'cancel' }),
];
