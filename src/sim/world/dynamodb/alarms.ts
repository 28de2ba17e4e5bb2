import type {
  DescribeAlarmsCommandInput,
  DescribeAlarmsCommandOutput,
  PutMetricAlarmCommandInput,
  PutMetricAlarmCommandOutput,
} from '@aws-sdk/client-cloudwatch';
import { effect, type Operations, reading } from '../operation.ts';
import { refuse } from '../refuse.ts';

const mostAPage = 100;

/** Alarms of tables: what they watch is kept, and nobody is alarmed. */
export const alarmOperations: Operations = {
  DescribeAlarms: reading<DescribeAlarmsCommandInput, DescribeAlarmsCommandOutput>(({ state, region }, input) => {
    const all = state.dynamoDb.alarms.filter((alarm) => alarm.region === region);
    const from = Number(input.NextToken ?? 0);
    const until = from + Math.min(input.MaxRecords ?? 50, mostAPage);
    const arn = (name = ''): string => `arn:aws:cloudwatch:${region}:${state.estate.account}:alarm:${name}`;
    return {
      MetricAlarms: all.slice(from, until).map(({ put }) => ({
        ActionsEnabled: true,
        ...put,
        AlarmArn: arn(put.AlarmName),
        StateValue: 'OK' as const,
      })),
      CompositeAlarms: [],
      ...(until < all.length ? { NextToken: String(until) } : {}),
    };
  }),
  PutMetricAlarm: effect<PutMetricAlarmCommandInput, PutMetricAlarmCommandOutput>(
    (input) => `cloudwatch:${input.AlarmName}`,
    ({ state, region }, { Tags: _tags, ...put }) => {
      const abroad = (put.AlarmActions ?? []).find((action) => !action.includes(`:${region}:`));
      if (abroad) refuse('ValidationError', `Invalid region in the action ${abroad}: expected ${region}.`);
      const others = state.dynamoDb.alarms.filter(
        (one) => one.region !== region || one.put.AlarmName !== put.AlarmName,
      );
      state.dynamoDb.alarms = [...others, { region, put }];
      return {};
    },
  ),
};
