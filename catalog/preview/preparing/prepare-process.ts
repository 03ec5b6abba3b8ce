import { setPriority } from 'node:os';
import type { PreparationOrder } from '../run-preparation.ts';
import { prepareFile } from './prepare-file.ts';

/*
 * A process of its own: turns one file into a table, and writes what it found as a line of JSON. The order comes as its
 * argument. It may be stopped at any moment, and what is said of memory holds for it alone. Others go first.
 */

setPriority(10);
const result = await prepareFile(JSON.parse(process.argv[2] ?? '') as PreparationOrder);
process.stdout.write(`${JSON.stringify(result)}\n`);
