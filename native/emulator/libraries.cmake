# libcublas.so.12, libcusolver.so.11 and libcusolverMg.so.11 of the emulator; to be included after the target `cuda`, the
# emulator's libcuda.so.1, is defined. Each exports the entry points that the list names for it, at the version node that
# JCuda's natives ask for (it is called like the library), and the gradusEmulator… functions meant for tests; a name of
# the list without a definition fails the link.
set(GRADUS_ENTRY_POINTS ${CMAKE_CURRENT_LIST_DIR}/../../src/main/resources/org/gradus/backend/cuda/entry-points.txt)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${GRADUS_ENTRY_POINTS})

# gradus_export(TARGET SONAME LIBRARY): LIBRARY is the first word of the list's lines.
function(gradus_export target soname library)
  file(STRINGS ${GRADUS_ENTRY_POINTS} lines REGEX "^${library} ")
  set(exported "")
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^${library} +([A-Za-z0-9_]+).*$" "\\1" name "${line}")
    string(APPEND exported "    ${name};\n")
    target_link_options(${target} PRIVATE LINKER:--require-defined=${name})
  endforeach()
  set(script ${CMAKE_CURRENT_BINARY_DIR}/${soname}.map)
  file(CONFIGURE OUTPUT ${script} CONTENT "${soname} {\n  global:\n${exported}    gradusEmulator*;\n  local:\n    *;\n};\n" @ONLY)
  string(REGEX MATCH "[0-9]+$" major ${soname})
  set_target_properties(${target} PROPERTIES SOVERSION ${major} LINK_DEPENDS ${script})
  target_link_options(${target} PRIVATE LINKER:--version-script=${script} LINKER:-z,defs)
  target_compile_features(${target} PRIVATE cxx_std_17)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Werror -O2 -fvisibility-inlines-hidden)
endfunction()

add_library(cublas SHARED ${CMAKE_CURRENT_LIST_DIR}/cublas.cpp ${CMAKE_CURRENT_LIST_DIR}/cublas_gemm.cpp)
target_link_libraries(cublas PRIVATE cuda)
gradus_export(cublas libcublas.so.12 cublas)

set(GRADUS_SOLVER_SOURCES
    ${CMAKE_CURRENT_LIST_DIR}/cusolver.cpp
    ${CMAKE_CURRENT_LIST_DIR}/cusolver_dense.cpp
    ${CMAKE_CURRENT_LIST_DIR}/cusolver_jacobi.cpp
    ${CMAKE_CURRENT_LIST_DIR}/cusolver_reduction.cpp
    ${CMAKE_CURRENT_LIST_DIR}/cusolver_rotations.cpp)
add_library(cusolver SHARED ${GRADUS_SOLVER_SOURCES})
target_link_libraries(cusolver PRIVATE cuda)
gradus_export(cusolver libcusolver.so.11 cusolver)

# JCuda's natives need its name and its version node; none of its functions is called.
add_library(cusolverMg SHARED ${CMAKE_CURRENT_LIST_DIR}/cusolvermg.cpp)
gradus_export(cusolverMg libcusolverMg.so.11 cusolverMg)

# The loops that must be fast; reductions may be reordered where the source says so (omp simd).
set_source_files_properties(
  ${CMAKE_CURRENT_LIST_DIR}/cublas_gemm.cpp
  ${CMAKE_CURRENT_LIST_DIR}/cusolver_reduction.cpp
  ${CMAKE_CURRENT_LIST_DIR}/cusolver_rotations.cpp
  PROPERTIES COMPILE_OPTIONS "-O3;-fopenmp-simd")
