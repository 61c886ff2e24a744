/**
 * Reads texts of /proc: how long processors and processes have worked since they began, in hundredths of a
 * second.
 */
export interface ProcessorTimes {
  /** All work, for this machine and for others on the same processors. */
  busy: number;
  /** Time in which this machine wanted to work and its host did not let it. */
  steal: number;
  total: number;
  cores: number;
}

/**
 * Reads the first lines of /proc/stat: user nice system idle iowait irq softirq steal guest guest_nice. The
 * value for user contains guest.
 */
export function processorTimesOf(stat: string): ProcessorTimes | undefined {
  const lines = stat.split('\n').filter((line) => line.startsWith('cpu'));
  const [user, nice, system, idle, iowait, irq, softirq, steal] = numbersIn(lines[0] ?? '', 1);
  if (user === undefined || steal === undefined) return undefined;
  const busy = user + (nice ?? 0) + (system ?? 0) + (irq ?? 0) + (softirq ?? 0);
  return { busy, steal, total: busy + (idle ?? 0) + (iowait ?? 0) + steal, cores: lines.length - 1 };
}

export interface ProcessTimes {
  pid: number;
  parent: number;
  /** The work of the process, and of its children that ended and were waited for. */
  worked: number;
}

/** Reads a line of /proc/PID/stat. The name, in parentheses, may contain any characters. */
export function processTimesOf(stat: string): ProcessTimes | undefined {
  const end = stat.lastIndexOf(')');
  const fields = stat.slice(end + 2).split(' ');
  const [parent, ...times] = [1, 11, 12, 13, 14].map((n) => Number(fields[n]));
  const pid = Number.parseInt(stat, 10);
  if (end < 0 || parent === undefined || ![pid, parent, ...times].every(Number.isInteger)) return undefined;
  return { pid, parent, worked: times.reduce((sum, time) => sum + time, 0) };
}

/** The work of `root` and all its descendants. */
export function workedBy(root: number, processes: readonly ProcessTimes[]): number {
  const children = new Map<number, ProcessTimes[]>();
  for (const each of processes) children.set(each.parent, [...(children.get(each.parent) ?? []), each]);
  const of = (pid: number): number =>
    (children.get(pid) ?? []).reduce((sum, child) => sum + child.worked + of(child.pid), 0);
  return (processes.find(({ pid }) => pid === root)?.worked ?? 0) + of(root);
}

const numbersIn = (line: string, from: number): number[] =>
  line.split(/\s+/).slice(from).filter(Boolean).map(Number);
