import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { promisify } from 'node:util';
import { readIfThere, replaceFile } from '../files';
import { PlatformFault, type StartUpTask } from '../ports';

const UNIT = 'keyturn-agent.service';
const UNIT_FILE = `/etc/systemd/system/${UNIT}`;

/** Runs a program and returns what it prints. Throws when its exit code is not 0. */
export type RunProgram = (file: string, args: string[]) => Promise<string>;
const runProgram: RunProgram = async (file, args) => (await promisify(execFile)(file, args)).stdout;

/** The agent as a systemd unit. systemd starts it again 10 s after it ended, for any reason. */
export function createSystemdTask(run: RunProgram = runProgram, unitFile = UNIT_FILE): StartUpTask {
  const systemctl = async (...args: string[]) => {
    try {
      return await run('systemctl', args);
    } catch (error) {
      throw new PlatformFault('task', `systemctl ${args.join(' ')} failed; see "journalctl -u ${UNIT}".`, {
        cause: error,
      });
    }
  };
  return {
    async register({ file, args }) {
      await replaceFile(unitFile, unitOf([file, ...args]), 0o644);
      await systemctl('daemon-reload');
      await systemctl('enable', UNIT);
    },
    start: async () => void (await systemctl('restart', UNIT)),
    stop: async () => void ((await readIfThere(unitFile)) && (await systemctl('stop', UNIT))),
    async remove() {
      if (!(await readIfThere(unitFile))) return;
      await systemctl('disable', UNIT);
      await rm(unitFile, { force: true });
      await systemctl('daemon-reload');
    },
    async state() {
      if (!(await readIfThere(unitFile))) return 'absent';
      const shown = await systemctl('show', '--property=ActiveState', '--value', UNIT);
      return shown.trim() === 'active' ? 'running' : 'stopped';
    },
    async whyEnded() {
      const status = (await systemctl('show', '--property=ExecMainStatus', '--value', UNIT)).trim();
      return `It ended with code ${status}; see "journalctl -u ${UNIT}".`;
    },
  };
}

const quoted = (argument: string) =>
  `"${argument.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;

const unitOf = (command: string[]) => `[Unit]
Description=Keyturn Agent
Wants=network-online.target
After=network-online.target

[Service]
ExecStart=${command.map(quoted).join(' ')}
Restart=always
RestartSec=10
NoNewPrivileges=yes
ProtectHome=yes
PrivateTmp=yes

[Install]
WantedBy=multi-user.target
`;
