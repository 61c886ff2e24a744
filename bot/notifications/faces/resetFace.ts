import type { Badge } from '../../../cards/shared/card';
import { said } from '../../../cards/shared/said';
import { line } from '../../../cards/shared/time';
import { arrivalBadge } from './arrivalWords';
import { explanationOf, explanations } from './explanations';
import { type Face, momentOn } from './face';
import { badgesOf, isDoubted, isLate, isMissed, lateFact, toneOf } from './marks';
import type { ResetEvent, ResetFacts } from './resetEvent';
import { saidBy } from './tellingWords';
import { accountOf, byOf, nameOf } from './who';

/** The face of one reset: who reset whose password, where and when, and whether it works in Microsoft 365. */
export function resetFace(event: ResetEvent, told: number): Face {
  const { facts, privileged, at } = event;
  const explained = explanations([explanationOf(event)], told);
  const unexplained = explained.asks === 'unexplained' ? 1 : 0;
  const account = accountOf(event);
  const doubted = isDoubted(event);
  return {
    ...newsOf(event),
    where: line`${said(facts.agentName, 64)} · ${momentOn(told)(at)}`,
    tone: toneOf([event], [explanationOf(event)], isMissed(event)),
    badges: badgesOf({ unexplained, total: 1, privileged, late: isLate(event), doubted }),
    facts: [
      ['Account', account === nameOf(event) ? '' : account],
      ['Password', passwordState(facts)],
      doubted ? ['Agents', facts.tellings?.map(saidBy).join('. ') ?? ''] : ['Found late', lateFact([event])],
    ],
    lead: unexplained ? questionOf(event) : '',
    ...explained,
  };
}

function newsOf(event: ResetEvent): Pick<Face, 'heading' | 'brief'> {
  const { reset, explanation } = event.facts;
  const whose = event.privileged ? ' of a privileged account' : '';
  const [name, by] = [nameOf(event), byOf(event)];
  const often = reset.times > 1 ? ` ${reset.times.toLocaleString('en')} times` : '';
  if (explanation.state === 'user')
    return {
      heading: `${name} changed their own password${often}`,
      brief: `Password change${whose}: ${name}`,
    };
  const brief = `${explanation.state === 'unexplained' ? 'Unexplained' : 'Password'} reset${whose}: ${name}`;
  const heading = by
    ? `${by} reset the password of ${name}${often}`
    : `The password of ${name} was ${reset.how === 'unknown' ? 'set' : 'reset'}${often}`;
  return { heading, brief };
}

const questionOf = (event: ResetEvent): string => {
  const by = byOf(event);
  return `${by ? `${by} reset this password.` : 'Nobody knows yet who set this password.'} Was that your team?`;
};

/** Whether it works in Microsoft 365, and for how long. */
function passwordState(facts: ResetFacts): Badge {
  const badge = arrivalBadge(facts);
  const end = /[.!?]$/.test(badge.text) ? '' : '.';
  const { mustChange } = facts.reset;
  return mustChange
    ? { ...badge, text: `${badge.text}${end} It must be changed at the next sign-in.` }
    : badge;
}
