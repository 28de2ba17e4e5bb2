import { type DBOSClient, Error as Errors } from '@dbos-inc/dbos-sdk';
import { NobodyListens } from '../domain/errors.ts';
import type { Engine } from '../domain/ports/engine.ts';
import { clientOf } from '../store/tx.ts';
import type { Beginnings } from './beginnings.ts';
import { applicationVersion, queueName } from './dbos.ts';

/** Starts and messages that commit or roll back with the caller's own writes. */
export function createEngine(client: DBOSClient, known: ReadonlySet<string>, beginnings: Beginnings): Engine {
  return {
    async startIn(tx, workflow, id, input) {
      if (!known.has(workflow)) throw unknownWorkflow(workflow, known);
      const options = { queueName, workflowName: workflow, workflowID: id, appVersion: applicationVersion };
      await client.enqueueInTransaction(clientOf(tx), options, input);
      tx.afterCommit(() => beginnings.expect(id));
    },
    async sendIn(tx, to, message) {
      try {
        await client.sendInTransaction(clientOf(tx), to, message);
      } catch (error) {
        throw error instanceof Errors.DBOSNonExistentWorkflowError ? new NobodyListens(error.message) : error;
      }
    },
  };
}

export function unknownWorkflow(name: string, known: ReadonlySet<string>): Error {
  return new Error(`There is no workflow ${name}; there are ${[...known].join(', ')}.`);
}
