# What every target of Cairn shares: the language, the warnings, the sanitizers, and cairn_room() itself.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)

find_program(CAIRN_CCACHE ccache)
if(CAIRN_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CAIRN_CCACHE})
endif()

add_library(cairn_options INTERFACE)
target_compile_features(cairn_options INTERFACE cxx_std_20)
target_include_directories(cairn_options INTERFACE ${CMAKE_SOURCE_DIR})
# -ffp-contract=off: what is folded must give the same bits on every build. -Wno-restrict: GCC 12 warns of
# "text" + std::string where nothing overlaps (GCC bug 105651).
target_compile_options(cairn_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -ffp-contract=off
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  "$<$<CXX_COMPILER_ID:Clang>:-Wthread-safety;-Wconsumed>"
  $<$<BOOL:${CAIRN_WERROR}>:-Werror>)
target_link_libraries(cairn_options INTERFACE Threads::Threads)
if(CAIRN_SANITIZE)
  # A debug build is left unoptimised: under asan that halves the time to build, and its tests take seconds.
  target_compile_options(cairn_options INTERFACE
    -fsanitize=${CAIRN_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -g1 $<$<NOT:$<CONFIG:Debug>>:-O1>)
  target_link_options(cairn_options INTERFACE -fsanitize=${CAIRN_SANITIZE})
endif()

# The heap of programs: jemalloc, or the sanitizers' own.
add_library(cairn_heap INTERFACE)
if(NOT CAIRN_SANITIZE)
  find_library(CAIRN_JEMALLOC jemalloc REQUIRED)
  target_link_libraries(cairn_heap INTERFACE ${CAIRN_JEMALLOC})
endif()

# cairn_room(NAME SOURCES ... DEPENDS ...): one static library for one room, named cairn::NAME.
function(cairn_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;DEPENDS;PRIVATE_DEPENDS" ${ARGN})
  if(ROOM_SOURCES)
    add_library(cairn_${name} STATIC ${ROOM_SOURCES})
    target_link_libraries(cairn_${name} PUBLIC cairn_options ${ROOM_DEPENDS} PRIVATE ${ROOM_PRIVATE_DEPENDS})
  else()
    add_library(cairn_${name} INTERFACE)
    target_link_libraries(cairn_${name} INTERFACE cairn_options ${ROOM_DEPENDS})
  endif()
  add_library(cairn::${name} ALIAS cairn_${name})
endfunction()

# cairn_test(NAME SOURCES ... DEPENDS ...): one doctest program; every test case's name is a sentence.
function(cairn_test name)
  cmake_parse_arguments(TEST "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(test_${name} ${CMAKE_SOURCE_DIR}/tests/main.cpp ${TEST_SOURCES})
  target_link_libraries(test_${name} PRIVATE cairn_options ${TEST_DEPENDS})
  add_test(NAME ${name} COMMAND test_${name})
  set_tests_properties(${name} PROPERTIES TIMEOUT 300)
endfunction()
