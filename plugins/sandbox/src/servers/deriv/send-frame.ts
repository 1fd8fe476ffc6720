import type { Socket } from 'node:net';
import WebSocket from 'ws';
import type { Fault } from '../server.js';

/** Writes an answer, spoilt as the fault says. Stalls and delays are the caller's: they are about when, not what. */
export function sendFrame(socket: WebSocket, text: string, fault?: Fault): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  if (fault?.kind === 'garble') {
    const bytes = Buffer.from(text);
    const middle = bytes.length >> 1;
    bytes[middle] = (bytes[middle] as number) ^ 0xff;
    socket.send(bytes, { binary: false });
  } else if (fault?.kind === 'cut') sendPart(socket, text, fault.fraction ?? 0.5);
  else socket.send(text);
}

/** Promises the whole frame, writes a part of it, and is gone. */
function sendPart(socket: WebSocket, text: string, fraction: number): void {
  const payload = Buffer.from(text);
  const raw = (socket as unknown as { readonly _socket: Socket })._socket;
  raw.write(headerOf(payload.length));
  raw.end(payload.subarray(0, Math.floor(payload.length * fraction)), () => raw.destroy());
}

/** Of one final text frame, unmasked as servers send it. */
function headerOf(length: number): Buffer {
  const text = 0x81;
  if (length < 126) return Buffer.from([text, length]);
  const header = Buffer.alloc(length < 65_536 ? 4 : 10);
  header[0] = text;
  if (length < 65_536) {
    header[1] = 126;
    header.writeUInt16BE(length, 2);
  } else {
    header[1] = 127;
    header.writeBigUInt64BE(BigInt(length), 2);
  }
  return header;
}
