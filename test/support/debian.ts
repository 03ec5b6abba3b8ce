import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The first of these programs that is there: absolute paths as they are, bare names along the PATH. */
export function findProgram(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names
    .flatMap((name) => (name.includes('/') ? [name] : folders.map((folder) => join(folder, name))))
    .find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * Gives what `find` finds; installs `packages` first where that is possible, which is as root on Debian and its kin.
 *
 * @throws {Error} one line that names the command, when it cannot be installed or the installing fails.
 */
export function findOrInstall<Found>(
  find: () => Found | undefined,
  what: string,
  packages: readonly string[],
): Found {
  const found = find();
  if (found !== undefined) return found;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    install(packages);
    const installed = find();
    if (installed !== undefined) return installed;
  }
  throw new Error(
    `${what} is missing; install it: sudo apt-get update && sudo apt-get install -y ${packages.join(' ')}`,
  );
}

function install(packages: readonly string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  // Two workers may both be here: the second waits for the first one's lock.
  const wait = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  for (const action of [['update'], ['install', '-y', '--no-install-recommends', ...packages]]) {
    try {
      execFileSync('apt-get', [...wait, ...action], { env, stdio: 'ignore' });
    } catch {
      // The caller looks again, and says which command is missing its effect.
    }
  }
}
