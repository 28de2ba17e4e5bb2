import { readFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

/** The one document of a YAML file; throws at whatever YAML itself calls an error or a warning. */
export function readYaml(file: string): unknown {
  const [document, ...more] = parseAllDocuments(readFileSync(file, 'utf8'));
  if (!document || more.length > 0) throw new Error(`${file} is not one document`);
  const [fault] = [...document.errors, ...document.warnings];
  if (fault) throw new Error(`${file}: ${fault.message}`);
  return document.toJS();
}
