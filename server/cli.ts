#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { CatalogError } from '../catalog/kernel/errors.ts';
import { addArchiveCommands } from './commands/archive-commands.ts';
import { addCriteriaCommands } from './commands/criteria-commands.ts';
import { demo } from './commands/demo.ts';
import { addHarvestCommands } from './commands/harvest-commands.ts';
import { addImportCommands } from './commands/import-commands.ts';
import { addMaintenanceCommands } from './commands/maintenance-commands.ts';
import { bilingual, say, UsageError } from './commands/output.ts';
import { addPublicationCommands } from './commands/publication-commands.ts';
import { serve } from './commands/serve.ts';
import { addTokenCommands } from './commands/token-commands.ts';
import { addUsageCommands } from './commands/usage-commands.ts';
import { addUserCommands } from './commands/user-commands.ts';
import { environment } from './config/environment.ts';
import { readConfig, SettingError } from './config/settings.ts';

const program = new Command('khue')
  .description('Khuê, nhà xuất bản dữ liệu mở của thành phố. The open-data publisher for a city.')
  .exitOverride()
  .configureHelp({ showGlobalOptions: true })
  .showHelpAfterError();

program
  .command('serve')
  .description('Serve the catalogue, its feeds and its API.')
  .action(() => serve(readConfig(environment)));

program
  .command('demo')
  .description("Serve with Hà Nội's agencies and priority inventory, in a database of its own.")
  .action(() => demo(environment));

for (const add of [
  addImportCommands,
  addHarvestCommands,
  addPublicationCommands,
  addTokenCommands,
  addUserCommands,
  addMaintenanceCommands,
  addArchiveCommands,
  addUsageCommands,
  addCriteriaCommands,
]) {
  add(program);
}

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = endBadly(error);
}

/** 2 for a wrong call or setting, 1 for what failed; one clear line, and never a stack for what we foresaw. */
function endBadly(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError || error instanceof SettingError) {
    say(error.message);
    return 2;
  }
  if (error instanceof CatalogError) {
    say(bilingual(error.detail));
    for (const { pointer, message } of error.findings.slice(0, 20)) {
      say(`  ${pointer || '/'}: ${bilingual(message)}`);
    }
    return 1;
  }
  // Who reads standard output has seen enough: `khue export … | head`.
  if (error instanceof Error && 'code' in error && error.code === 'EPIPE') return 0;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    say('The port is taken; set PORT to another one.');
    return 1;
  }
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  return 1;
}
