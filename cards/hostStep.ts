import { headerOf } from './fragments/header';
import { moreOf } from './fragments/more';
import { stepButton, wayOut } from './fragments/stepButtons';
import template from './hostStep.json';
import { type Card, presenter, type StepData } from './shared/card';

export interface HostStepData extends StepData {
  title: string;
  intro: string;
  /** The text in the field; empty for none. */
  host: string;
  submit: string;
}

const render = presenter(template);

/** Asks for a server's host: input `host`; `do` is submit, back or cancel. */
export const hostStepCard = ({ title, intro, host, submit, problem = '', ...data }: HostStepData): Card =>
  render({
    ...headerOf({ heading: title, under: intro }),
    speak: problem || title,
    host,
    problem,
    buttons: moreOf([
      stepButton(data, submit, { do: 'submit' }, { style: 'positive', sendsInputs: true }),
      ...wayOut(data),
    ]),
  });
