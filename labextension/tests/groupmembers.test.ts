import assert from 'node:assert/strict';
import { test } from 'node:test';

import { membersOf } from '../src/sidebar/detail/groupmembers.js';
import type { FoundKernel } from '../src/sidebar/jobs/kernelport.js';

function kernel(id: string): FoundKernel {
  return { id, title: 'Python 3', users: [{ path: `${id}.ipynb`, name: id, type: 'notebook' }] };
}

const MINE = kernel('3f0c');
const IDLE = kernel('77aa');

test('kernels of this server are told from other members', () => {
  const ids = ['jupyter_stream-3f0c', 'jupyter_stream-another-host-17', 'rdkafka'];
  assert.deepEqual(membersOf({ client_ids: ids }, [MINE, IDLE]), {
    own: [MINE],
    others: ['jupyter_stream-another-host-17', 'rdkafka']
  });
});

test('a kernel of another server is a member like all others', () => {
  const ids = ['jupyter_stream-3f0c'];
  assert.deepEqual(membersOf({ client_ids: ids }, [IDLE]), { own: [], others: ids });
});

test('a name that only begins with that of a kernel is not the kernel', () => {
  const ids = ['jupyter_stream-3f0c-2', '3f0c'];
  assert.deepEqual(membersOf({ client_ids: ids }, [MINE]), { own: [], others: ids });
});
