# What a library of the emulator exports: the entry points that the list names for it, and nothing but them and `others`.
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ENTRY_POINTS})

# emulate(TARGET LIBRARY MAJOR NODE OTHERS): LIBRARY is the first word of the list's lines, MAJOR the end of the SONAME,
# NODE the symbols' version (may be empty), OTHERS further names or patterns. A name without definition fails the link.
function(emulate target library major node others)
  file(STRINGS ${ENTRY_POINTS} lines REGEX "^${library} ")
  set(names ${others})
  foreach(line IN LISTS lines)
    string(REGEX REPLACE "^${library} +([A-Za-z0-9_]+).*$" "\\1" name "${line}")
    list(APPEND names ${name})
    target_link_options(${target} PRIVATE LINKER:--require-defined=${name})
  endforeach()
  set(exported "")
  foreach(name IN LISTS names)
    string(APPEND exported "    ${name};\n")
  endforeach()
  set(script ${CMAKE_CURRENT_BINARY_DIR}/${target}.map)
  file(CONFIGURE OUTPUT ${script} CONTENT "${node} {\n  global:\n${exported}  local:\n    *;\n};\n" @ONLY)
  set_target_properties(${target} PROPERTIES SOVERSION ${major} LINK_DEPENDS ${script})
  target_link_options(${target} PRIVATE LINKER:--version-script=${script} LINKER:-z,defs)
endfunction()
