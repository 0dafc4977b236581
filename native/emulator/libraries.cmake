# libcublas.so.12, libcusolver.so.11 and libcusolverMg.so.11; the symbols' version nodes, called like the libraries, are
# what JCuda's natives ask for.
add_library(cublas SHARED cublas.cpp cublas_gemm.cpp cublas_product.cpp cublas_vector.cpp)
target_link_libraries(cublas PRIVATE cuda)
emulate(cublas cublas 12 libcublas.so.12 "")

add_library(cusolver SHARED
  cusolver.cpp cusolver_convergence.cpp cusolver_dense.cpp cusolver_jacobi.cpp cusolver_reduction.cpp
  cusolver_rotations.cpp)
target_include_directories(cusolver PRIVATE ${JAVA_HOME}/include ${JAVA_HOME}/include/linux)
target_link_libraries(cusolver PRIVATE cuda)
emulate(cusolver cusolver 11 libcusolver.so.11 "Java_org_gradus_backend_cuda_EmulatedSolver_*")

# None of its functions is called; a version node has to name something, defined or not.
add_library(cusolverMg SHARED cusolvermg.cpp)
emulate(cusolverMg cusolverMg 11 libcusolverMg.so.11 "gradusEmulator*")

# The loops that have to be fast; sums may be reordered where the source says so (omp simd).
set_source_files_properties(cublas_gemm.cpp cublas_vector.cpp cusolver_reduction.cpp cusolver_rotations.cpp
  PROPERTIES COMPILE_OPTIONS "-O3;-fopenmp-simd")
