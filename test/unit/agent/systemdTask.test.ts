import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSystemdTask } from '../../../agent/linux/systemdTask';

describe('the start-up task of systemd', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-systemd-'));
  const unit = join(folder, 'keyturn-agent.service');
  let ran: string[] = [];
  let shows = 'inactive\n';
  const task = createSystemdTask(async (file, args) => {
    ran.push([file, ...args].join(' '));
    return shows;
  }, unit);
  beforeEach(() => {
    ran = [];
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('does nothing when it is absent', async () => {
    expect(await task.state()).toBe('absent');
    await task.stop();
    await task.remove();
    expect(ran).toEqual([]);
  });

  test('is registered as a unit that restarts the program, with literal arguments', async () => {
    const args = ['/opt/keyturn-agent/keyturn-agent.cjs', '--config', '/a b/100%/$HOME/"x".json', 'run'];
    await task.register({ file: '/usr/bin/node', args });
    const text = readFileSync(unit, 'utf8');
    expect(text).toContain(
      'ExecStart="/usr/bin/node" "/opt/keyturn-agent/keyturn-agent.cjs" "--config" "/a b/100%%/$$HOME/\\"x\\".json" "run"\n',
    );
    expect(text).toContain('Restart=always');
    expect(ran).toEqual(['systemctl daemon-reload', 'systemctl enable keyturn-agent.service']);
    expect(await task.state()).toBe('stopped');
    shows = 'active\n';
    expect(await task.state()).toBe('running');
  });

  test('is gone after its removal', async () => {
    await task.remove();
    expect(existsSync(unit)).toBe(false);
    expect(ran).toEqual(['systemctl disable keyturn-agent.service', 'systemctl daemon-reload']);
  });

  test('says which call failed', async () => {
    const failing = createSystemdTask(() => Promise.reject(new TypeError('no systemd here')), unit);
    await expect(failing.register({ file: 'x', args: [] })).rejects.toMatchObject({
      kind: 'task',
      sentence: 'systemctl daemon-reload failed; see "journalctl -u keyturn-agent.service".',
    });
  });
});
