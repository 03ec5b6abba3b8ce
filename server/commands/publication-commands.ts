import type { Command } from 'commander';
import { exportFormats, exportTo } from './export.ts';
import { publishReady } from './maintain.ts';
import { print } from './output.ts';
import { shapesInTurtle, validateFiles } from './validate.ts';
import { readCommandConfig, withProduct } from './with-product.ts';

/** `khue export`, `validate` and `publish`: what goes out. */
export function addPublicationCommands(program: Command): void {
  program
    .command('export')
    .description('Write the whole published catalogue.')
    .requiredOption('--format <format>', exportFormats.join(', '))
    .option('--out <file>', 'instead of standard output')
    .action((options: { format: string; out?: string }) =>
      withProduct(async (product) => {
        await exportTo(options.format, options.out, product);
        return 0;
      }),
    );

  program
    .command('validate')
    .description(
      'Hold records (JSON) or graphs (any RDF syntax) against schemas and shapes; stores nothing.',
    )
    .argument('<files...>')
    .option('--shapes <file>', 'SHACL shapes in Turtle, instead of our own')
    .option('--json', 'report as JSON', false)
    .action(async (files: string[], options: { shapes?: string; json: boolean }) => {
      const { baseURL } = readCommandConfig();
      process.exitCode = (await validateFiles(files, options, baseURL)) > 0 ? 1 : 0;
    });

  program
    .command('shapes')
    .description('Print our own SHACL shapes, all of them, in Turtle.')
    .action(() => print(shapesInTurtle(readCommandConfig().baseURL)));

  program
    .command('publish')
    .description('Release what is approved.')
    .option('--all-ready', 'also approve and release every record that is complete', false)
    .action((options: { allReady: boolean }) =>
      withProduct(async (product) => {
        print(`published ${await publishReady(options.allReady, product)}`);
        return 0;
      }),
    );
}
