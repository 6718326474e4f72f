# Debian ships CAF without a CMake package. The version is pinned: actors/runtime/hot.hpp overrides members that CAF
# exposes but does not promise.
find_path(CAF_INCLUDE_DIR caf/config.hpp)
find_library(CAF_CORE_LIBRARY caf_core)
if(CAF_INCLUDE_DIR)
  file(STRINGS "${CAF_INCLUDE_DIR}/caf/config.hpp" _caf_line REGEX "#define CAF_VERSION [0-9]+")
  string(REGEX REPLACE ".*CAF_VERSION ([0-9]+)" "\\1" CAF_VERSION_NUMBER "${_caf_line}")
  math(EXPR _caf_minor "(${CAF_VERSION_NUMBER} / 100) % 100")
  if(NOT _caf_minor EQUAL 17)
    message(FATAL_ERROR "CAF 0.17 is needed, ${CAF_INCLUDE_DIR} has version number ${CAF_VERSION_NUMBER}: "
                        "read actors/runtime/hot.hpp again before another version is allowed here.")
  endif()
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(CAF REQUIRED_VARS CAF_CORE_LIBRARY CAF_INCLUDE_DIR)
if(CAF_FOUND AND NOT TARGET CAF::core)
  add_library(CAF::core UNKNOWN IMPORTED)
  set_target_properties(CAF::core PROPERTIES
    IMPORTED_LOCATION "${CAF_CORE_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${CAF_INCLUDE_DIR}")
endif()
