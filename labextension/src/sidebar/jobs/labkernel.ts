import { type Kernel, KernelMessage } from '@jupyterlab/services';
import { UUID } from '@lumino/coreutils';

import type { KernelPort, PortComm, PortListener } from './kernelport.js';
import { ANNOUNCEMENT, type JobsMessage, type PageMessage, TARGET } from './messages.js';

type Connection = Kernel.IKernelConnection;

interface CommContent {
  readonly comm_id: string;
  readonly data: { readonly type?: unknown };
}

/**
 * What tells that a kernel has lost all that it knew; whose connection did not restart it hears
 * only of the start.
 */
const LOST: readonly Kernel.Status[] = [
  'starting',
  'restarting',
  'autorestarting',
  'terminating',
  'dead'
];

/**
 * A way to a kernel over a connection of JupyterLab's.
 *
 * Comms are made of plain messages: JupyterLab's own comms work over one connection to a kernel
 * only, and that has to be the notebook's, or its widgets would get nothing.
 */
export class LabKernel implements KernelPort {
  /** `isOwn` is whether the connection ends with this, and `isGone` whether there is a better one. */
  constructor(
    private readonly connection: Connection,
    private readonly isOwn: boolean,
    private readonly isReplaced: () => boolean
  ) {
    connection.iopubMessage.connect(this.#take, this);
    connection.statusChanged.connect(this.#look, this);
    connection.connectionStatusChanged.connect(this.#lookAtWay, this);
  }

  get isGone(): boolean {
    return this.connection.isDisposed || this.isReplaced();
  }

  async hasJobs(): Promise<boolean> {
    // Kernels answer on this channel also while a cell runs.
    const question = KernelMessage.createMessage({
      ...this.#sender,
      msgType: 'comm_info_request',
      channel: 'control' as 'shell',
      content: { target_name: TARGET }
    });
    const asked = question as unknown as KernelMessage.IControlMessage;
    const reply: unknown = await this.connection.sendControlMessage(asked, true).done;
    const { content } = reply as { content: { comms?: object } };
    return Object.keys(content.comms ?? {}).length > 0;
  }

  async open(hear: (message: JobsMessage) => void): Promise<PortComm> {
    const subshell = await this.#openSubshell();
    const id = UUID.uuid4();
    this.#hearers.set(id, hear);
    void this.#post('comm_open', { comm_id: id, target_name: TARGET, data: {} }, subshell);
    return {
      send: (message: PageMessage) => {
        void this.#post('comm_msg', { comm_id: id, data: { ...message } }, subshell);
      },
      close: () => {
        this.#hearers.delete(id);
        const closed = this.#post('comm_close', { comm_id: id, data: {} }, subshell);
        this.#closings.push(this.#end(closed, subshell));
      }
    };
  }

  listen(listener: PortListener): void {
    this.#listener = listener;
  }

  dispose(): void {
    this.#listener = null;
    this.connection.iopubMessage.disconnect(this.#take, this);
    this.connection.statusChanged.disconnect(this.#look, this);
    this.connection.connectionStatusChanged.disconnect(this.#lookAtWay, this);
    if (this.isOwn) {
      void Promise.all(this.#closings).then(() => {
        this.connection.dispose();
      });
    }
  }

  get #sender(): { readonly username: string; readonly session: string } {
    return { username: this.connection.username, session: this.connection.clientId };
  }

  /** Get a thread of our own, in which a kernel answers while a cell runs, if it has such. */
  async #openSubshell(): Promise<string | null> {
    await this.connection.info;
    // Older JupyterLabs know of none.
    const kernel = this.connection as Partial<Connection>;
    if (kernel.supportsSubshells !== true) {
      return null;
    }
    const made = await kernel.requestCreateSubshell?.({}).done;
    return made?.content.subshell_id ?? null;
  }

  /** Let go of a thread, once it has done what it was told. */
  async #end(closed: Promise<unknown>, subshell: string | null): Promise<void> {
    await closed;
    if (subshell !== null && !this.connection.isDisposed) {
      await this.connection
        .requestDeleteSubshell({ subshell_id: subshell })
        .done.catch(() => undefined);
    }
  }

  /** Send a message of a comm; resolves when the kernel has dealt with it, or is gone. */
  async #post(
    msgType: 'comm_open' | 'comm_msg' | 'comm_close',
    content: object,
    subshellId: string | null
  ): Promise<void> {
    if (this.connection.isDisposed) {
      return;
    }
    const message = KernelMessage.createMessage({
      ...this.#sender,
      msgType: msgType as 'comm_msg',
      channel: 'shell',
      content: content as KernelMessage.ICommMsgMsg<'shell'>['content'],
      subshellId
    });
    await this.connection.sendShellMessage(message, false).done.catch(() => undefined);
  }

  #take(_: Connection, message: KernelMessage.IIOPubMessage): void {
    if (message.header.msg_type === 'comm_msg') {
      const { comm_id: id, data } = message.content as unknown as CommContent;
      this.#hearers.get(id)?.(data as JobsMessage);
      if (data.type === ANNOUNCEMENT && id.startsWith(TARGET)) {
        this.#listener?.announced();
      }
    }
  }

  #look(_: Connection, status: Kernel.Status): void {
    if (LOST.includes(status)) {
      this.#hearers.clear();
      this.#listener?.lost();
    }
  }

  #lookAtWay(_: Connection, status: Kernel.ConnectionStatus): void {
    if (status === 'connected') {
      this.#listener?.connected();
    }
  }

  #listener: PortListener | null = null;
  readonly #hearers = new Map<string, (message: JobsMessage) => void>();
  readonly #closings: Promise<void>[] = [];
}
