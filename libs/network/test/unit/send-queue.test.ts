import { expect, test } from 'vitest'
import { createSendQueue, MESSAGE_OVERHEAD_BYTES } from '../../src/send-queue.ts'

const message = (text: string): Uint8Array => Buffer.from(text)
const text = (bytes: Uint8Array | undefined): string | undefined => bytes && Buffer.from(bytes).toString()
const room = (...sizes: number[]): number =>
  sizes.reduce((sum, size) => sum + size + MESSAGE_OVERHEAD_BYTES, 0)

test('messages come out in order, small ones joined up to the chunk', () => {
  const queue = createSendQueue(1_000_000)
  for (const it of ['ab', 'cd', 'efghij', 'k']) queue.push(message(it))
  expect(text(queue.take(5))).toBe('abcd')
  expect(text(queue.take(5))).toBe('efghij')
  expect(text(queue.take(5))).toBe('k')
  expect(queue.take(5)).toBeUndefined()
  expect(queue.bytes).toBe(0)
})

test('past the bound the oldest are dropped and counted', () => {
  const queue = createSendQueue(room(2, 2))
  expect([queue.push(message('aa')), queue.push(message('bb')), queue.push(message('cc'))]).toEqual([0, 0, 1])
  expect(text(queue.take(100))).toBe('bbcc')
})

test('a message larger than the bound is dropped itself', () => {
  const queue = createSendQueue(room(4))
  queue.push(message('aa'))
  expect(queue.push(message('too long'))).toBe(2)
  expect(queue.take(100)).toBeUndefined()
})

test('clear says how many were lost', () => {
  const queue = createSendQueue(1_000)
  queue.push(message('a'))
  queue.push(message('b'))
  expect(queue.clear()).toBe(2)
  expect(queue.bytes).toBe(0)
})

test('a long run neither loses nor keeps anything', () => {
  const queue = createSendQueue(1_000_000)
  let out = ''
  let all = ''
  for (let n = 0; n < 5_000; n += 1) {
    queue.push(message(`${n},`))
    all += `${n},`
    if (n % 3 === 0) out += text(queue.take(7)) ?? ''
  }
  for (let part = queue.take(1_000); part !== undefined; part = queue.take(1_000)) out += text(part) ?? ''
  expect(out).toBe(all)
})
