// What Clang checks at compile time and other compilers leave out, each with its compile-fail test.
//
// Capabilities (-Wthread-safety): a mailbox is a capability that its core's loop holds; what only that loop may touch
// requires it. Typestates (-Wconsumed): a claim is unknown until it was tested, unconsumed while its cells may be
// written, and consumed once it was published or moved away.
#pragma once

#if defined(__clang__)
#define CAIRN_CLANG(attribute) __attribute__((attribute))
#else
#define CAIRN_CLANG(attribute)
#endif

#define CAIRN_CAPABILITY(name) CAIRN_CLANG(capability(name))
#define CAIRN_REQUIRES(...) CAIRN_CLANG(requires_capability(__VA_ARGS__))
#define CAIRN_ASSERTS_CAPABILITY(...) CAIRN_CLANG(assert_capability(__VA_ARGS__))

#define CAIRN_CONSUMABLE(state) CAIRN_CLANG(consumable(state))
#define CAIRN_CALLABLE_WHEN(state) CAIRN_CLANG(callable_when(state))
#define CAIRN_TESTS_FOR(state) CAIRN_CLANG(test_typestate(state))
#define CAIRN_RETURNS(state) CAIRN_CLANG(return_typestate(state))
#define CAIRN_LEAVES(state) CAIRN_CLANG(set_typestate(state))
#define CAIRN_TAKES(state) CAIRN_CLANG(param_typestate(state))
