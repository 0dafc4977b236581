# The kernels, compiled for the host: each source of ../../kernels and of test/ once per precision, in a namespace of its
# own, with a table of its kernels. Gives KERNEL_TABLES, for libcuda, and KERNEL_SOURCES, the texts for libnvrtc.
file(GLOB cu_files CONFIGURE_DEPENDS ${REPOSITORY}/kernels/*.cu ${CMAKE_CURRENT_SOURCE_DIR}/test/*.cu)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${cu_files})

# Names kernels even where a macro of the source defines them: looks at what the preprocessor leaves.
function(kernels_of cu_file precision rows_variable)
  execute_process(
    COMMAND ${CMAKE_CXX_COMPILER} -std=c++17 -E -P -x c++ -DREAL=${precision} "-DDYNAMIC_SHARED(type, name)=" ${cu_file}
    OUTPUT_VARIABLE text ERROR_VARIABLE errors RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    message(FATAL_ERROR "${cu_file} cannot be preprocessed:\n${errors}")
  endif()
  # ; and brackets would split or join the list of matches
  string(REGEX REPLACE "[][;]" " " text "${text}")
  string(REGEX MATCHALL "extern +\"C\" +__global__ +void +(__launch_bounds__ *\\([^)]*\\) *)?[A-Za-z_][A-Za-z0-9_]* *\\(" heads "${text}")
  string(REGEX MATCHALL "__global__" all "${text}")
  list(LENGTH all all_count)
  list(LENGTH heads count)
  if(count EQUAL 0 OR NOT count EQUAL all_count)
    message(FATAL_ERROR "${cu_file}: ${count} of ${all_count} kernels are written as extern \"C\" __global__ void "
      "[__launch_bounds__(…)] NAME(")
  endif()
  set(rows "")
  foreach(head IN LISTS heads)
    set(threads 1024)
    if(head MATCHES "__launch_bounds__ *\\( *([0-9]+)")
      set(threads ${CMAKE_MATCH_1})
    endif()
    string(REGEX MATCH "([A-Za-z_][A-Za-z0-9_]*) *\\($" name "${head}")
    string(APPEND rows "    GRADUS_KERNEL(${CMAKE_MATCH_1}, ${threads}),\n")
  endforeach()
  set(${rows_variable} "${rows}" PARENT_SCOPE)
endfunction()

set(KERNEL_TABLES "")
set(declarations "")
set(entries "")
set(source_texts "")
set(source_entries "")
set(table_count 0)
set(source_count 0)
foreach(cu_file IN LISTS cu_files)
  get_filename_component(stem ${cu_file} NAME_WE)
  file(READ ${cu_file} text)
  # functions of C linkage would be the same in both precisions
  string(REPLACE "extern \"C\" __global__" "static __global__" text "${text}")
  foreach(precision double float)
    set(name ${stem}_${precision})
    kernels_of(${cu_file} ${precision} rows)
    set(table ${CMAKE_CURRENT_BINARY_DIR}/kernels/${name}.cpp)
    # written only when it changed; generator expressions begin with $<, which no kernel does
    file(GENERATE OUTPUT ${table} CONTENT "#include \"kernel_host.h\"
#define REAL ${precision}
namespace ${name} {
#line 1 \"${cu_file}\"
${text}
#line 9 \"${table}\"
static const gradus::Kernel KERNELS[] = {
${rows}};
}
namespace gradus {
extern const KernelFile file_${name};
const KernelFile file_${name} = {\"${stem}\", \"${precision}\", ${name}::KERNELS, sizeof ${name}::KERNELS / sizeof(Kernel)};
}
")
    list(APPEND KERNEL_TABLES ${table})
    string(APPEND declarations "extern const KernelFile file_${name};\n")
    string(APPEND entries "    &file_${name},\n")
    math(EXPR table_count "${table_count} + 1")
  endforeach()
  # the assembler reads the file itself: not a byte is changed
  string(APPEND source_texts "asm(\".section .rodata\\nsource_${stem}: .incbin \\\"${cu_file}\\\"\\nsource_end_${stem}: .byte 0\\n.previous\\n\");
extern \"C\" const char source_${stem}[];
extern \"C\" const char source_end_${stem}[];
")
  string(APPEND source_entries "    {\"${stem}\", source_${stem}, source_end_${stem}},\n")
  math(EXPR source_count "${source_count} + 1")
endforeach()

set(table_list ${CMAKE_CURRENT_BINARY_DIR}/kernels/tables.cpp)
file(GENERATE OUTPUT ${table_list} CONTENT "#include \"kernels.h\"
namespace gradus {
${declarations}
const KernelFile *const KERNEL_FILES[] = {
${entries}};
const int KERNEL_FILE_COUNT = ${table_count};
}
")
list(APPEND KERNEL_TABLES ${table_list})
# helpers of a source that only some kernels use, and #pragma unroll, are no faults of a kernel
set_source_files_properties(${KERNEL_TABLES} PROPERTIES COMPILE_OPTIONS "-Wno-unused-function;-Wno-unknown-pragmas")

set(KERNEL_SOURCES ${CMAKE_CURRENT_BINARY_DIR}/kernels/sources.cpp)
file(GENERATE OUTPUT ${KERNEL_SOURCES} CONTENT "#include \"kernels.h\"
${source_texts}
namespace gradus {
const KernelSource KERNEL_SOURCES[] = {
${source_entries}};
const int KERNEL_SOURCE_COUNT = ${source_count};
}
")
set_source_files_properties(${KERNEL_SOURCES} PROPERTIES OBJECT_DEPENDS "${cu_files}")
