/**
 * A canister that does what its argument says: a list of steps, each an opcode byte, a length
 * (u32, little-endian) and a body. `script.ts` writes such lists.
 *
 * State: a counter in the heap, a counter in a mutable global, stable memory. Callbacks get the
 * address of their own list as environment.
 */
export const PUPPET_WAT = `
(module
  (import "ic0" "msg_arg_data_size" (func $arg_size (result i32)))
  (import "ic0" "msg_arg_data_copy" (func $arg_copy (param i32 i32 i32)))
  (import "ic0" "msg_caller_size" (func $caller_size (result i32)))
  (import "ic0" "msg_caller_copy" (func $caller_copy (param i32 i32 i32)))
  (import "ic0" "msg_reply_data_append" (func $append (param i32 i32)))
  (import "ic0" "msg_reply" (func $reply))
  (import "ic0" "msg_reject" (func $reject (param i32 i32)))
  (import "ic0" "msg_reject_code" (func $reject_code (result i32)))
  (import "ic0" "msg_reject_msg_size" (func $reject_size (result i32)))
  (import "ic0" "msg_reject_msg_copy" (func $reject_copy (param i32 i32 i32)))
  (import "ic0" "msg_cycles_accept" (func $accept (param i64) (result i64)))
  (import "ic0" "msg_cycles_refunded" (func $refunded (result i64)))
  (import "ic0" "canister_cycle_balance128" (func $balance (param i32)))
  (import "ic0" "canister_version" (func $version (result i64)))
  (import "ic0" "call_new" (func $call_new (param i32 i32 i32 i32 i32 i32 i32 i32)))
  (import "ic0" "call_data_append" (func $call_data (param i32 i32)))
  (import "ic0" "call_cycles_add128" (func $call_cycles (param i64 i64)))
  (import "ic0" "call_on_cleanup" (func $call_cleanup (param i32 i32)))
  (import "ic0" "call_with_best_effort_response" (func $call_timeout (param i32)))
  (import "ic0" "call_perform" (func $call_perform (result i32)))
  (import "ic0" "stable64_size" (func $stable_size (result i64)))
  (import "ic0" "stable64_grow" (func $stable_grow (param i64) (result i64)))
  (import "ic0" "stable64_read" (func $stable_read (param i64 i64 i64)))
  (import "ic0" "stable64_write" (func $stable_write (param i64 i64 i64)))
  (import "ic0" "certified_data_set" (func $certify (param i32 i32)))
  (import "ic0" "global_timer_set" (func $timer_set (param i64) (result i64)))
  (import "ic0" "performance_counter" (func $instructions (param i32) (result i64)))
  (import "ic0" "time" (func $time (result i64)))
  (import "ic0" "debug_print" (func $print (param i32 i32)))
  (import "ic0" "trap" (func $trap (param i32 i32)))
  (import "ic0" "accept_message" (func $accept_message))
  (import "ic0" "in_replicated_execution" (func $replicated (result i32)))

  (memory (export "memory") 1)
  (table 1 funcref)
  (elem (i32.const 0) $callback)
  (global $count (mut i32) (i32.const 0))
  ;; Heap: 0 counter, 8 and 12 timer list, 16 and 20 upgrade list, 32 scratch, 1024 allocated.
  (global $free (mut i32) (i32.const 1024))

  (func $alloc (param $size i32) (result i32)
    (local $at i32)
    (local.set $at (global.get $free))
    (global.set $free (i32.add (local.get $at) (i32.add (local.get $size) (i32.const 8))))
    (block $fits
      (br_if $fits (i32.le_u (global.get $free) (i32.mul (memory.size) (i32.const 65536))))
      (drop (memory.grow (i32.add (i32.div_u (local.get $size) (i32.const 65536)) (i32.const 1)))))
    (local.get $at))

  (func $argument (result i32)
    (local $at i32)
    (local.set $at (call $alloc (call $arg_size)))
    (call $arg_copy (local.get $at) (i32.const 0) (call $arg_size))
    (local.get $at))

  (func $run_argument
    (local $at i32)
    (local.set $at (call $argument))
    (call $run (local.get $at) (i32.add (local.get $at) (call $arg_size))))

  ;; Address of a length-prefixed item behind the one at $at.
  (func $behind (param $at i32) (result i32)
    (i32.add (i32.add (local.get $at) (i32.const 4)) (i32.load (local.get $at))))

  (func $reply_i64 (param $value i64)
    (i64.store (i32.const 32) (local.get $value))
    (call $append (i32.const 32) (i32.const 8))
    (call $reply))

  (func $make_call (param $callee i32)
    (local $name i32) (local $data i32) (local $facts i32)
    (local $ok i32) (local $bad i32) (local $clean i32)
    (local.set $name (call $behind (local.get $callee)))
    (local.set $data (call $behind (local.get $name)))
    (local.set $facts (call $behind (local.get $data)))
    (local.set $ok (i32.add (local.get $facts) (i32.const 12)))
    (local.set $bad (call $behind (local.get $ok)))
    (local.set $clean (call $behind (local.get $bad)))
    (call $call_new
      (i32.add (local.get $callee) (i32.const 4)) (i32.load (local.get $callee))
      (i32.add (local.get $name) (i32.const 4)) (i32.load (local.get $name))
      (i32.const 0) (local.get $ok) (i32.const 0) (local.get $bad))
    (call $call_data (i32.add (local.get $data) (i32.const 4)) (i32.load (local.get $data)))
    (if (i64.ne (i64.load (local.get $facts)) (i64.const 0))
      (then (call $call_cycles (i64.const 0) (i64.load (local.get $facts)))))
    (if (i32.load offset=8 (local.get $facts))
      (then (call $call_timeout (i32.load offset=8 (local.get $facts)))))
    (if (i32.load (local.get $clean))
      (then (call $call_cleanup (i32.const 0) (local.get $clean))))
    (i32.store (i32.const 32) (call $call_perform))
    (if (i32.load (i32.const 32))
      (then (call $append (i32.const 32) (i32.const 4)) (call $reply))))

  (func $callback (param $list i32)
    (call $run (i32.add (local.get $list) (i32.const 4)) (call $behind (local.get $list))))

  (func $run (param $at i32) (param $end i32)
    (local $op i32) (local $size i32) (local $body i32) (local $to i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $at) (local.get $end)))
        (local.set $op (i32.load8_u (local.get $at)))
        (local.set $size (i32.load (i32.add (local.get $at) (i32.const 1))))
        (local.set $body (i32.add (local.get $at) (i32.const 5)))
        (local.set $at (i32.add (local.get $body) (local.get $size)))
        ;; 1 reply, 2 reject, 3 trap, 4 print with the body
        (if (i32.eq (local.get $op) (i32.const 1))
          (then (call $append (local.get $body) (local.get $size)) (call $reply)))
        (if (i32.eq (local.get $op) (i32.const 2))
          (then (call $reject (local.get $body) (local.get $size))))
        (if (i32.eq (local.get $op) (i32.const 3))
          (then (call $trap (local.get $body) (local.get $size))))
        (if (i32.eq (local.get $op) (i32.const 4))
          (then (call $print (local.get $body) (local.get $size))))
        ;; 5 call
        (if (i32.eq (local.get $op) (i32.const 5)) (then (call $make_call (local.get $body))))
        ;; 6 add to both counters; 7 reply them
        (if (i32.eq (local.get $op) (i32.const 6))
          (then
            (i32.store (i32.const 0)
              (i32.add (i32.load (i32.const 0)) (i32.load (local.get $body))))
            (global.set $count (i32.add (global.get $count) (i32.load (local.get $body))))))
        (if (i32.eq (local.get $op) (i32.const 7))
          (then
            (i32.store (i32.const 4) (global.get $count))
            (call $append (i32.const 0) (i32.const 8))
            (call $reply)))
        ;; 8 reply the argument or the callee's reply; 9 reply the reject message
        (if (i32.eq (local.get $op) (i32.const 8))
          (then
            (local.set $to (call $argument))
            (call $append (local.get $to) (call $arg_size))
            (call $reply)))
        (if (i32.eq (local.get $op) (i32.const 9))
          (then
            (local.set $to (call $alloc (call $reject_size)))
            (call $reject_copy (local.get $to) (i32.const 0) (call $reject_size))
            (i32.store8 (i32.const 32) (call $reject_code))
            (call $append (i32.const 32) (i32.const 1))
            (call $append (local.get $to) (call $reject_size))
            (call $reply)))
        ;; 10 accept cycles; 11 reply the balance; 12 reply the refund
        (if (i32.eq (local.get $op) (i32.const 10))
          (then (drop (call $accept (i64.load (local.get $body))))))
        (if (i32.eq (local.get $op) (i32.const 11))
          (then
            (call $balance (i32.const 32))
            (call $append (i32.const 32) (i32.const 16))
            (call $reply)))
        (if (i32.eq (local.get $op) (i32.const 12)) (then (call $reply_i64 (call $refunded))))
        ;; 13 store the body at the start of stable memory; 14 reply its first 8 bytes
        (if (i32.eq (local.get $op) (i32.const 13))
          (then
            (if (i64.eqz (call $stable_size)) (then (drop (call $stable_grow (i64.const 1)))))
            (call $stable_write (i64.const 0)
              (i64.extend_i32_u (local.get $body)) (i64.extend_i32_u (local.get $size)))))
        (if (i32.eq (local.get $op) (i32.const 14))
          (then
            (call $stable_read (i64.const 32) (i64.const 0) (i64.const 8))
            (call $append (i32.const 32) (i32.const 8))
            (call $reply)))
        ;; 15 certify the body; 16 set the timer; 17 what the timer does; 18 what pre_upgrade does
        (if (i32.eq (local.get $op) (i32.const 15))
          (then (call $certify (local.get $body) (local.get $size))))
        (if (i32.eq (local.get $op) (i32.const 16))
          (then (drop (call $timer_set (i64.load (local.get $body))))))
        (if (i32.eq (local.get $op) (i32.const 17))
          (then
            (i32.store (i32.const 8) (local.get $body))
            (i32.store (i32.const 12) (local.get $at))))
        (if (i32.eq (local.get $op) (i32.const 18))
          (then
            (i32.store (i32.const 16) (local.get $body))
            (i32.store (i32.const 20) (local.get $at))))
        ;; 19 loop for ever; 20 unreachable; 21 grow the heap; 22 grow stable memory
        (if (i32.eq (local.get $op) (i32.const 19)) (then (loop $ever (br $ever))))
        (if (i32.eq (local.get $op) (i32.const 20)) (then (unreachable)))
        (if (i32.eq (local.get $op) (i32.const 21))
          (then (drop (memory.grow (i32.load (local.get $body))))))
        (if (i32.eq (local.get $op) (i32.const 22))
          (then (drop (call $stable_grow (i64.load (local.get $body))))))
        ;; 23 version, 24 time, 25 instructions of the message, 26 of the call, 27 heap pages
        (if (i32.eq (local.get $op) (i32.const 23)) (then (call $reply_i64 (call $version))))
        (if (i32.eq (local.get $op) (i32.const 24)) (then (call $reply_i64 (call $time))))
        (if (i32.eq (local.get $op) (i32.const 25))
          (then (call $reply_i64 (call $instructions (i32.const 0)))))
        (if (i32.eq (local.get $op) (i32.const 26))
          (then (call $reply_i64 (call $instructions (i32.const 1)))))
        (if (i32.eq (local.get $op) (i32.const 27))
          (then (call $reply_i64 (i64.extend_i32_u (memory.size)))))
        ;; 28 reply the caller; 29 reply whether replicated
        (if (i32.eq (local.get $op) (i32.const 28))
          (then
            (call $caller_copy (i32.const 32) (i32.const 0) (call $caller_size))
            (call $append (i32.const 32) (call $caller_size))
            (call $reply)))
        (if (i32.eq (local.get $op) (i32.const 29))
          (then (call $reply_i64 (i64.extend_i32_u (call $replicated)))))
        (br $next))))

  (func (export "canister_init") (call $run_argument))
  (func (export "canister_post_upgrade") (call $run_argument))
  (func (export "canister_pre_upgrade")
    (call $run (i32.load (i32.const 16)) (i32.load (i32.const 20))))
  (func (export "canister_global_timer")
    (call $run (i32.load (i32.const 8)) (i32.load (i32.const 12))))
  ;; Refuses messages that start with a zero byte.
  (func (export "canister_inspect_message")
    (local $at i32)
    (local.set $at (call $argument))
    (if (i32.and (i32.ne (call $arg_size) (i32.const 0)) (i32.eqz (i32.load8_u (local.get $at))))
      (then (return)))
    (call $accept_message))
  (func (export "canister_update run") (call $run_argument))
  (func (export "canister_query ask") (call $run_argument))
  (func (export "canister_composite_query compose") (call $run_argument)))
`;
